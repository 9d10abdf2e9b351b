/** The quiz: choices become buttons, and what is chosen is answered in words. Nothing is kept, nothing is sent. */

import { DAY_LENGTH, inShanghai } from "../china_time.js";

/** @typedef {{answered: boolean, right: boolean, clear: () => void}} Question */

/** @param {HTMLElement} place a list of questions with its score */
function startQuiz(place) {
  const items = /** @type {HTMLElement[]} */ ([...place.querySelector("[data-questions]").children]);
  const score = /** @type {HTMLElement} */ (place.querySelector("[data-score]"));
  const questions = items.map((item) => prepare(item, () => tell(score, questions)));
  const asked = Number(place.dataset.asked);
  if (!asked || items.length <= asked) return;
  const keys = /** @type {HTMLElement[]} */ ([...place.querySelector("[data-key]").children]);
  const ask = (/** @type {() => number} */ random) => {
    const chosen = some(items.length, asked, random);
    items.forEach((item, place) => (item.hidden = keys[place].hidden = !chosen.has(place)));
    questions.forEach((question) => question.clear());
    score.hidden = true;
  };
  ask(numbersOf(Date.parse(inShanghai(new Date()).day) / DAY_LENGTH));
  place.querySelector("[data-others]").addEventListener("click", () => {
    ask(Math.random);
    const first = /** @type {HTMLElement} */ (items.find((item) => !item.hidden).querySelector(".question-text"));
    first.tabIndex = -1;
    first.focus();
  });
}

/** @param {HTMLElement} item @param {() => void} answered @returns {Question} */
function prepare(item, answered) {
  const verdict = item.querySelector(".verdict");
  const details = item.querySelector("details");
  const answer = item.querySelector("[data-answer]").textContent;
  const buttons = [...item.querySelectorAll(".choices > li")].map((choice) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...choice.childNodes);
    choice.append(button);
    return button;
  });
  item.querySelector(".choices").classList.add("choices-live");
  const isRight = (/** @type {Element} */ button) => button.textContent.trim() === answer;
  const question = { answered: false, right: false, clear };
  for (const button of buttons) button.addEventListener("click", () => question.answered || choose(button));

  /** @param {Element} chosen */
  function choose(chosen) {
    question.answered = true;
    question.right = isRight(chosen);
    for (const button of buttons) {
      button.setAttribute("aria-disabled", "true");
      if (isRight(button)) mark(button, "right", button === chosen ? "你选对了" : "正确答案");
      else if (button === chosen) mark(button, "wrong", "你选的，不对");
    }
    verdict.textContent = question.right ? "答对了。" : `答错了，正确答案是 ${answer}。`;
    details.open = true;
    answered();
  }

  function clear() {
    Object.assign(question, { answered: false, right: false });
    item.querySelectorAll(".choice-mark").forEach((word) => word.remove());
    for (const button of buttons) {
      button.removeAttribute("aria-disabled");
      button.classList.remove("choice-right", "choice-wrong");
    }
    verdict.textContent = "";
    details.open = false;
  }
  return question;
}

/** @param {Element} button @param {string} state @param {string} words */
function mark(button, state, words) {
  button.classList.add(`choice-${state}`);
  const mark = document.createElement("span");
  mark.className = "choice-mark";
  mark.textContent = `（${words}）`;
  button.append(mark);
}

/** @param {HTMLElement} score @param {Question[]} questions */
function tell(score, questions) {
  const answered = questions.filter((question) => question.answered);
  score.textContent = `答了 ${answered.length} 题，答对 ${answered.filter((question) => question.right).length} 题。`;
  score.hidden = false;
}

/** @param {number} seed @returns {() => number} numbers from 0 to 1, the same for the same seed */
function numbersOf(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state * 1664525 + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** @param {number} count @param {number} wanted @param {() => number} random @returns {Set<number>} so many places of all */
function some(count, wanted, random) {
  const places = Array.from({ length: count }, (_, place) => place);
  const chosen = new Set();
  while (chosen.size < wanted) chosen.add(places.splice(Math.floor(random() * places.length), 1)[0]);
  return chosen;
}

document.querySelectorAll("[data-quiz]").forEach(startQuiz);
