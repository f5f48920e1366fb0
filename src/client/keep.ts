/** Lets this device keep a copy of the directory, for when it has no connection. */
if ('serviceWorker' in navigator) {
  await navigator.serviceWorker.register('/service-worker.js')
  const { active } = await navigator.serviceWorker.ready
  active?.postMessage('keep')
}

export {}
