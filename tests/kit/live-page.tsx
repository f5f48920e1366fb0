import { Button } from '#ground/html/button.tsx'
import { Details } from '#ground/html/details.tsx'
import { Form, HiddenFields, TextInput } from '#ground/html/forms.tsx'
import { Layout } from '#ground/html/layout.tsx'

/** A page with all that an update must carry over: a figure that changes, a drawer, a form begun and one that is not. */
export const LivePage = ({ figure, refresh_at }: { figure: number; refresh_at?: Date }) => (
  <Layout title={`報告 ${figure}`} live="/board" refresh_at={refresh_at}>
    <h1>状況</h1>
    <p id="figure">報告 {figure}件</p>
    <Details id="more" summary="内訳">
      通常 {figure}件
    </Details>
    {(['begun', 'untouched'] as const).map((name) => (
      <Form key={name} id={name} action="/reports">
        <HiddenFields fields={{ key: `${name}-${figure}` }} />
        <TextInput name={`${name}-text`} label={name} value={`${figure}`} />
        <Button>状況を報告する</Button>
      </Form>
    ))}
  </Layout>
)
