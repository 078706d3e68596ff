"""Nothing goes wrong unseen: script errors, missing files and faults of the server end a journey."""

from playwright.sync_api import ConsoleMessage, Page, Response

from tests.servers import Site

FAULT = 500


class Watch:
    """Collects what went wrong on the pages it follows."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._documents: set[str] = set()
        self._complaints: list[str] = []

    def follow(self, page: Page) -> None:
        """Listen to a page from now on."""
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self._complaints.append(f"script error: {error}"))
        page.on("response", self._answered)

    def complain(self) -> None:
        """Fail when anything was collected."""
        assert not self._complaints, "\n".join([*self._complaints, self._site.said()[-3000:]])

    def _answered(self, response: Response) -> None:
        kind = response.request.resource_type
        if kind in {"document", "xhr", "fetch"}:
            self._documents.add(response.url)
            if response.status >= FAULT:
                self._complaints.append(f"{response.status} {response.request.method} {response.url}")
        elif response.status >= 400:
            self._complaints.append(f"{response.status} {kind} {response.url}")

    def _heard(self, message: ConsoleMessage) -> None:
        """A refused document is told in the console too; the journey itself looks at the refusal."""
        if message.type != "error":
            return
        refused = message.text.startswith("Failed to load resource")
        if not (refused and message.location["url"] in self._documents):
            self._complaints.append(f"console: {message.text} ({message.location['url']})")
