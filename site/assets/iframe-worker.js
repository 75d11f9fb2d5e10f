/* Search from file://, where browsers allow no workers.
 *
 * The theme asks for a Worker. On file:// it gets this stand-in instead: the same script, run in an empty
 * frame of the page, with messages handed over as events. Elsewhere the browser's own Worker is used.
 */
(() => {
  "use strict"
  if (location.protocol !== "file:") return

  class FrameWorker extends EventTarget {
    constructor(url) {
      super()
      const frame = document.createElement("iframe")
      frame.hidden = true
      frame.title = "search"
      document.body.append(frame)
      const inside = frame.contentWindow
      const load = (address) => new Promise((resolve, reject) => {
        const script = inside.document.createElement("script")
        script.src = address
        script.onload = resolve
        script.onerror = () => reject(new Error(`cannot load ${address}`))
        inside.document.head.append(script)
      })
      inside.postMessage = (data) => this.dispatchEvent(new MessageEvent("message", { data }))
      inside.importScripts = async (...addresses) => {
        for (const address of addresses) await load(address)
      }
      this.inside = inside
      this.ready = load(new URL(url, document.baseURI).href)
    }

    postMessage(data) {
      this.ready.then(() => this.inside.dispatchEvent(new MessageEvent("message", { data })))
    }

    terminate() {
      this.inside.frameElement.remove()
    }
  }

  window.IFrameWorker = FrameWorker // the theme's search script looks for this name to find its stemmers
  window.Worker = FrameWorker
})()
