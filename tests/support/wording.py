"""All the words of a page in a browser, and which of them are not Bulgarian."""

import re

#: Texts and spoken names of a page, but for code, names of languages and the maker's mark of the drawing.
COLLECT = """() => {
  const skipped = "script, style, template, code, .bjs-powered-by, [lang]:not(html):not([lang=bg])";
  const spoken = ["aria-label", "title", "alt", "placeholder", "label", "data-text", "data-none", "data-saved",
                  "data-not-saved", "data-current-label"];
  const told = [["title", document.title]];
  for (const part of document.querySelectorAll(".skip-link, .demo-banner, header, main, footer")) {
    const texts = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const node = texts.currentNode;
      if (!node.parentElement.closest(skipped)) told.push([node.parentElement.tagName, node.data]);
    }
    for (const element of part.querySelectorAll("*")) {
      if (element.closest(skipped)) continue;
      for (const name of spoken) if (element.hasAttribute(name)) told.push([name, element.getAttribute(name)]);
      for (const name of ["labels", "thens"])
        for (const text of Object.values(JSON.parse(element.dataset[name] ?? "{}"))) told.push([name, text]);
      if (element.matches("button[data-done]")) told.push(["data-done", element.dataset.done]);
    }
  }
  return told.filter(([, text]) => /[a-z]{2}/.test(text));
}"""

#: What stays Latin in a Bulgarian text: names of products, labels and EU documents, units, files, addresses, codes.
NAMES = re.compile(
    r"\b(?:Zeleno|Word|Excel|OpenDocument|eForms|Chrome|Linux|TCO Certified|Rainforest Alliance"
    r"|Certificate of conformity|kWh|km|lm|cm|mm|kg)\b"
    r"|(?:Directive|Recommendation|Regulation) \(EU\) [\d/]+(?: art\. \d+)?(?: and annex [IVX]+)?"
    r"|\{\w+\}|\w+_\w+|[\w-]*\.(?:txt|pdf|docx|xml|bpmn|dmn)\b|\S+@\S+|\b[a-z]+(?:-[a-z]+){2,}\b"
)
WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9_/'’-]*")


def foreign_words(page) -> list[str]:
    """Latin words on a page that should be Bulgarian, each with where it stands."""
    return [
        f"{word!r} in {where}: {text.strip()[:160]}" for where, text in page.evaluate(COLLECT) for word in foreign(text)
    ]


def foreign(text: str) -> list[str]:
    """Latin words of a text but for names and codes; words in capitals are codes."""
    words = WORD.findall(NAMES.sub(" ", text))
    return [word for word in words if re.search(r"[a-z]{2}", word) and not re.search(r"\d", word)]
