"""People of the demonstration at a browser: what they read, fill in and press, by the words on the page."""

import re
import time

from flask_babel import force_locale, gettext
from playwright.sync_api import expect

from app import engine
from app.domain.definitions.packages import package, shipped_forms, shipped_processes
from app.formdef import parse_form
from app.forms.texts import form_text
from app.seed.people import PEOPLE, email_of
from app.words import say

FORMS = {key: parse_form(source) for key, source in shipped_forms().items()}
[_PROCESS] = shipped_processes()
STEPS = engine.compile(package(_PROCESS.bpmn, _PROCESS.decisions, shipped_forms())).nodes
NAMES = {person.key: person.name for person in PEOPLE}
#: How long a step without people may take, in seconds.
PATIENCE = 20
#: What is asked on the page in so many words, has to be answered, and has no answer yet; rows not begun do not count.
EMPTY_REQUIRED = """optional => {
  const controls = part => [...part.querySelectorAll("input, select, textarea")];
  const isAnswered = one => /radio|checkbox/.test(one.type) ? one.checked : one.value.trim() !== "";
  const isBegun = part => controls(part).some(isAnswered);
  const isAsked = part => part.checkVisibility() && !part.matches(".zf-table") && controls(part).length > 0;
  const isWanted = part => !part.querySelector(".form-label")?.textContent.includes(`(${optional})`);
  const isInWork = part => !part.closest(".zf-row") || isBegun(part.closest(".zf-row"));
  return [...document.querySelectorAll("#task-form .zf-field")]
    .filter(part => isAsked(part) && isWanted(part) && isInWork(part) && !isBegun(part))
    .map(part => part.querySelector(".form-label, label").textContent.trim());
}"""


class Desk:
    """A browser in which one person after another works, each in their own language."""

    def __init__(self, page, site, language):
        self.page, self.site, self.language = page, site, language
        self.key = ""

    def sit(self, person):
        """Somebody of the story, signed in and on their start page."""
        self.page.context.clear_cookies(name="zeleno")
        self.page.context.add_cookies([self.site.cookie_for(email_of(person))])
        self.page.goto(self.site.url)
        expect(self.page.locator("html")).to_have_attribute("lang", self.language)

    def words(self, text, **parts):
        """A sentence of the interface in the language of the page."""
        with self.site.app.app_context(), force_locale(self.language):
            return gettext(text, **parts)

    def label(self, key):
        """The words of a question of the open form."""
        return say(FORMS[self.key].field(key).label, self.language)

    def option(self, key, value):
        """The words of an answer to choose."""
        [found] = [one.label for one in FORMS[self.key].field(key).options if one.value == value]
        return say(found, self.language)

    def follow(self, text, **parts):
        """Follow the link with these words of the interface."""
        self.page.get_by_role("link", name=self.words(text, **parts), exact=True).click()

    def press(self, text, **parts):
        """Press the button with these words of the interface."""
        self.page.get_by_role("button", name=self.words(text, **parts), exact=True).click()

    def open_task(self, step, title, box="mine"):
        """The task of this step, from the inbox; a step without people may have to be waited for."""
        link = self.task_link(step, title)
        self.page.goto(f"{self.site.url}/inbox?box={box}")
        self.wait_for(link)
        link.click()
        expect(self.page.get_by_role("heading", level=1)).to_have_text(f"{step}: {title}")

    def task_link(self, step, title):
        """The link of a task in a list."""
        return self.page.get_by_role("link", name=f"{step}: {title}", exact=True)

    def wait_for(self, locator):
        """Look again until something is there that comes about without people."""
        end = time.monotonic() + PATIENCE
        while not locator.is_visible():
            assert time.monotonic() < end, f"{locator} did not come, {self.page.url}"
            self.page.reload()

    def field(self, key):
        """The control of a question with one control."""
        return self.page.get_by_label(re.compile(rf"^{re.escape(self.label(key))}( \(|$)")).first

    def group(self, key):
        """The frame around a question with several controls."""
        return self.page.get_by_role("group", name=re.compile(rf"^{re.escape(self.label(key))}( \(|$)"))

    def fill(self, key, text):
        self.field(key).fill(text)

    def pick(self, key, value):
        """Choose from a list that folds down."""
        self.field(key).select_option(label=self.option(key, value))

    def choose(self, key, value):
        """Tick an answer in a group."""
        words = self.page.get_by_text(self.option(key, value), exact=True)
        self.group(key).locator("label").filter(has=words).get_by_role("radio").or_(
            self.group(key).locator("label").filter(has=words).get_by_role("checkbox")
        ).check()

    def tick(self, key):
        """Tick a question that is a box itself."""
        self.page.get_by_label(self.label(key), exact=True).check()

    def date(self, key, **parts):
        """Fill in the parts of a date: day, month, year."""
        for part, number in parts.items():
            self.group(key).get_by_label(form_text(part, self.language)).fill(str(number))

    def send(self, value=None):
        """Press the button that says what the answers bring about."""
        submit = FORMS[self.key].submit
        words = submit.labels[value] if value else submit.label
        self.page.get_by_role("button", name=say(words, self.language), exact=True).click()

    def cell(self, key, column, row=0):
        """The control of a column in a row of a table."""
        [words] = [one.label for one in FORMS[self.key].field(key).columns if one.key == column]
        return self.group(key).get_by_label(re.compile(rf"^{re.escape(say(words, self.language))}( \(|$)")).nth(row)

    def pick_person(self, key, person):
        found = self.field(key).locator("option").filter(has_text=NAMES[person])
        self.field(key).select_option(value=found.get_attribute("value"))

    def act_as(self, organisation):
        """Change to the seat in another organisation, by the menu of the account."""
        self.page.locator("[popovertarget=account-menu]").click()
        self.page.get_by_role("button", name=organisation).click()

    def step(self, element_id):
        """What the shipped process calls a step."""
        return say(STEPS[element_id].name, self.language)

    def empty_required(self):
        """The questions that are shown, have to be answered, and open without an answer."""
        return self.page.evaluate(EMPTY_REQUIRED, form_text("optional", self.language))

    def ask_quickly(self, question, title):
        """File a quick question, from the start page of a clerk."""
        self.follow("Ask for help")
        self.press("Ask a quick question")
        self.key = "request"
        self.fill("question", question)
        self.choose("stage", "idea")
        self.fill("title", title)
        self.press("Save and continue")
        self.send()
