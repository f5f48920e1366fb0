/** On every page: brings the rest where a report can be kept, once the page stands, and where one waits on this device. */
const { reports } = document.body.dataset
const bring = () => {
  if (reports) void import(reports)
}
const look = () => {
  try {
    if (localStorage.getItem('reports')) bring()
  } catch {
    // A device that keeps nothing has nothing waiting.
  }
}

// Another tab has just kept one.
addEventListener('storage', look)
look()
if (document.getElementById('keeps')) {
  if (document.readyState === 'complete') bring()
  else addEventListener('load', bring)
}

export {}
