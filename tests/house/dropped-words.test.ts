import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { root } from '#ground/config/root.ts'

/** What one thing was also called once, and its one word: docs/words.md. */
const dropped: Record<string, string> = {
  返信番号: '返信コード',
  符号: '返信コード',
  端末への通知: 'プッシュ通知',
  承認者を待たず: '承認を待たずに',
  '1人で配信': '1人で送る',
  '1人で通知を配信': '1人で通知を送る',
  疎通チェック: '疎通テスト',
  疎通試験: '疎通テスト',
  事務局承認者: '承認者（事務局責任者）',
  BCP担当者: 'BCP連絡担当者',
  議事録: '議事概要',
  接続テスト: '疎通テスト',
  通知の取り消し: '取消',
  '訂正・取り消し': '訂正・取消',
  気象庁の取り消し: '取消',
  回答の取消: '取り消し',
  報告の取消: '取り消し',
  招待の取消: '取り消し',
  督促: '催促',
  リマインド: '催促',
  リマインダー: '催促',
  オブザーバ役: 'オブザーバー',
  傍聴者: 'オブザーバー',
}

test('no text calls a thing by a word that was dropped for another', () => {
  const files = globSync(['src/**/*.{ts,tsx}', 'docs/*.md', 'docs/runbook/*.md', 'README.md'], {
    cwd: fileURLToPath(root),
  }).filter((file) => !file.includes('.test.'))
  assert.ok(files.length > 500)
  const found = files.flatMap((file) => {
    const text = readFileSync(new URL(file, root), 'utf8')
    return Object.entries(dropped).flatMap(([word, instead]) =>
      text.includes(word) ? [`${file} says ${word}; the word is ${instead}`] : [],
    )
  })
  assert.deepEqual(found, [])
  // オブザーバ without its last stroke is another spelling, not another word.
  const short = files.filter((file) => /オブザーバ(?!ー)/.test(readFileSync(new URL(file, root), 'utf8')))
  assert.deepEqual(short, [])
})
