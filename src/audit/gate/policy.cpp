// --policy: which reasons block.
#include "celldrift/audit/gate.hpp"
#include "celldrift/core/text.hpp"

#include <algorithm>

namespace celldrift::audit {
namespace {

constexpr GateReason only_warn[] = {
    GateReason::reverts, GateReason::prunes, GateReason::recreates, GateReason::gitops};

std::string all_names() {
  std::vector<std::string> names;
  for (const GateReason reason : all_gate_reasons) {
    names.emplace_back(describe(reason));
  }
  return join(names, ", ");
}

[[noreturn]] void refuse(std::string_view word, const std::string& allowed) {
  throw Error(ErrorCode::usage, "--policy " + printable(word) + ": " + allowed);
}

// What one word of a list stands for.
std::vector<GateReason> reasons_of(std::string_view word) {
  std::vector<GateReason> reasons;
  if (word == "none") {
    return reasons;
  }
  const GatePolicy usual = default_gate_policy();
  for (const GateReason reason : all_gate_reasons) {
    if (word == "all" || word == describe(reason) ||
        (word == "default" && usual.at(reason) == GateAction::block)) {
      reasons.push_back(reason);
    }
  }
  if (reasons.empty()) {
    refuse(word, "is no reason; there are " + all_names() + ", default, all and none");
  }
  return reasons;
}

struct Clause {
  GateAction action;
  std::vector<GateReason> reasons;
};

Clause clause_of(std::string_view text) {
  static constexpr GateAction actions[] = {GateAction::block, GateAction::warn, GateAction::ignore};
  const std::size_t equals = text.find('=');
  Clause clause{.action = GateAction::block, .reasons = {}};
  if (equals != std::string_view::npos) {
    const std::string_view name = text.substr(0, equals);
    const auto* action =
        std::ranges::find(actions, name, [](GateAction each) { return describe(each); });
    if (action == std::end(actions)) {
      refuse(text, "must begin with block=, warn= or ignore=");
    }
    clause.action = *action;
    text = text.substr(equals + 1);
  }
  for (const std::string_view word : split(text, ',')) {
    std::ranges::copy(reasons_of(trim(word)), std::back_inserter(clause.reasons));
  }
  return clause;
}

std::vector<Clause> clauses_of(const std::vector<std::string>& texts) {
  std::vector<Clause> clauses;
  for (const std::string& text : texts) {
    for (const std::string_view part : split(text, ' ')) {
      if (!trim(part).empty()) {
        clauses.push_back(clause_of(trim(part)));
      }
    }
  }
  return clauses;
}

}  // namespace

GatePolicy default_gate_policy() {
  GatePolicy policy;
  for (const GateReason reason : all_gate_reasons) {
    const bool warns = std::ranges::find(only_warn, reason) != std::end(only_warn);
    policy[reason] = warns ? GateAction::warn : GateAction::block;
  }
  return policy;
}

GatePolicy gate_policy(const std::vector<std::string>& texts) {
  GatePolicy policy = default_gate_policy();
  const std::vector<Clause> clauses = clauses_of(texts);
  // What blocks is said as a whole, wherever that stands: a reason that a new version adds must not
  // block those who have chosen theirs.
  if (std::ranges::find(clauses, GateAction::block, &Clause::action) != clauses.end()) {
    for (auto& [reason, action] : policy) {
      action = GateAction::warn;
    }
  }
  std::map<GateReason, GateAction> said;
  for (const Clause& clause : clauses) {
    for (const GateReason reason : clause.reasons) {
      const auto [place, is_new] = said.emplace(reason, clause.action);
      if (!is_new && place->second != clause.action) {
        refuse(describe(reason),
               "is to " + std::string(describe(place->second)) + " and to " +
                   std::string(describe(clause.action)));
      }
      policy[reason] = clause.action;
    }
  }
  return policy;
}

}  // namespace celldrift::audit
