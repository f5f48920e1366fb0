/** Who is asked to sign in has no copy of the directory any more, whoever made it. Notifications go on without one. */
if ('caches' in window) for (const name of await caches.keys()) await caches.delete(name)
if ('serviceWorker' in navigator)
  for (const registration of await navigator.serviceWorker.getRegistrations())
    if (!(await registration.pushManager?.getSubscription().catch(() => null))) await registration.unregister()

export {}
