"""What axe finds on a page as it stands."""

from playwright.sync_api import Page, expect

from app.settings import CHECKOUT

AXE = CHECKOUT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
STILL = """() => {
    const still = new CSSStyleSheet();
    still.replaceSync("* { transition: none !important; animation: none !important }");
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, still];
}"""
VIOLATIONS = """async (rules) => (await axe.run(document, rules)).violations.flatMap(
    ({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(" ")} ${node.failureSummary}`))"""
COLOURS_ONLY = {"runOnly": ["color-contrast"]}


def barriers(page: Page) -> dict[str, list[str]]:
    """Everything in light, and what may differ in dark."""
    page.evaluate(STILL)
    page.evaluate(AXE.read_text())
    found = {"light": page.evaluate(VIOLATIONS, {})}
    page.emulate_media(color_scheme="dark")
    expect(page.locator("html")).to_have_attribute("data-mantine-color-scheme", "dark")
    found["dark"] = page.evaluate(VIOLATIONS, COLOURS_ONLY)
    page.emulate_media(color_scheme="light")
    expect(page.locator("html")).to_have_attribute("data-mantine-color-scheme", "light")
    return {scheme: faults for scheme, faults in found.items() if faults}
