#include "celldrift/compare/rule_uses.hpp"

#include "celldrift/core/text.hpp"
#include "compare/argo/rules.hpp"

#include <algorithm>
#include <span>

namespace celldrift::compare {
namespace {

// A rule that is about thousands of objects is not tried on all of them; then nothing is said.
constexpr std::size_t max_tries = 500;

std::string identity(const IgnoreRule& rule) {
  std::string text = describe(rule.mark) + "\n" + rule.key + "\n" + describe(rule);
  for (const auto* parts : {&rule.json_pointers, &rule.jq_expressions, &rule.managers}) {
    text += "\n" + join(*parts, "\n") + "\n";
  }
  return text;
}

bool wrote(const std::string& manager, const Value& live) {
  const Value* entries = live.find({"metadata", "managedFields"});
  const auto items = entries == nullptr ? std::span<const Value>{} : entries->items();
  return std::ranges::any_of(
      items, [&](const Value& entry) { return entry.string_at({"manager"}) == manager; });
}

// True when the eraser finds something in the object, or when it cannot be told.
bool takes_from(const Eraser& eraser, const Value& object) {
  if (object.is_null()) {
    return false;
  }
  if (eraser.kind == Eraser::Kind::manager) {
    return wrote(eraser.text, object);
  }
  const Erased erased = erase(eraser, object);
  return erased.undecided || erased.value != object;
}

std::string whose(const IgnoreRule& rule) {
  return rule.is_system ? "argocd-cm's " + rule.key : "ignoreDifferences for " + describe(rule);
}

Problem problem(const IgnoreRule& rule, const std::string& message) {
  return {.stage = Stage::compare,
          .message = whose(rule) + " " + message,
          .source = describe(rule.mark),
          .unknown = LeavesUnknown::no};
}

}  // namespace

void RuleUses::look(Use& use, const ObjectResult& object) {
  use.is_about_some = true;
  if (object.status == Status::unknown) {
    use.uncertain = true;
  }
  for (const Eraser& eraser : erasers({use.rule}, object.key)) {
    Part& part = use.parts[describe(eraser)];
    if (!part.takes && part.tries < max_tries) {
      ++part.tries;
      part.takes = takes_from(eraser, object.desired) || takes_from(eraser, object.live);
    }
  }
}

void RuleUses::add(const std::vector<IgnoreRule>& rules,
                   const ObjectResults& objects,
                   Complete complete) {
  for (const IgnoreRule& rule : rules) {
    Use& use = uses_.try_emplace(identity(rule), Use{.rule = rule}).first->second;
    use.uncertain = use.uncertain || complete == Complete::no;
    for (const ObjectResult& object : objects) {
      if (is_about(rule, object.key)) {
        look(use, object);
      }
    }
  }
}

std::vector<Problem> RuleUses::idle() const {
  std::vector<Problem> problems;
  for (const auto& [key, use] : uses_) {
    if (use.uncertain) {
      continue;
    }
    if (!use.is_about_some) {
      problems.push_back(problem(use.rule, "is about no object"));
      continue;
    }
    for (const auto& [text, part] : use.parts) {
      if (!part.takes && part.tries < max_tries) {
        problems.push_back(
            problem(use.rule, "names nothing in the objects that it is about: " + text));
      }
    }
  }
  return problems;
}

}  // namespace celldrift::compare
