#include "cli/rules_words.hpp"

#include "celldrift/audit/brief.hpp"
#include "celldrift/core/text.hpp"

namespace celldrift::cli {
namespace {

using audit::Rule;
using audit::SkewBudget;
using audit::Waiver;

// "kind Deployment, StatefulSet; not managerKind controller".
std::string match_text(const Value& match, const std::string& empty = "everything") {
  std::vector<std::string> conditions;
  for (const auto& [key, value] : match.entries()) {
    std::vector<std::string> texts;
    for (const Value& item : value.is_list() ? value.items() : std::span(&value, 1)) {
      texts.push_back(item.is_map() && key.view() == "not" ? match_text(item)
                                                           : audit::brief(item, 200));
    }
    conditions.push_back(key.str() + " " + join(texts, ", "));
  }
  return conditions.empty() ? empty : join(conditions, "; ");
}

std::string match_of(const Value& text) {
  const Value* match = text.find("match");
  return match_text(match == nullptr ? Value() : *match);
}

std::string_view sort_of(const Rule& rule) {
  return rule.must_differ                      ? "must-differ"
         : rule.parity == Rule::Parity::unsaid ? "severity"
                                               : "parity";
}

std::string does(const Rule& rule) {
  const std::string severity =
      rule.severity ? "severity " + std::string(audit::describe(*rule.severity)) : "";
  if (rule.must_differ) {
    return "cells may not share it" +
           (rule.shared_within.empty() ? "" : " but within one " + rule.shared_within) +
           (severity.empty() ? "" : "; " + severity);
  }
  return rule.parity == Rule::Parity::ignore ? "may differ between cells" : severity;
}

std::string does(const Waiver& waiver) {
  return "hides" + (waiver.expires_text.empty() ? "" : " until " + waiver.expires_text) +
         (waiver.owner.empty() ? "" : ", for " + waiver.owner);
}

std::string does(const SkewBudget& budget) {
  const Value* limits = budget.text.find("atMost");
  const Value* canaries = budget.text.find("canaries");
  return (limits == nullptr ? "none behind" : "at most " + audit::brief(*limits, 200)) +
         (canaries == nullptr ? "" : "; ahead may be " + audit::brief(*canaries, 200));
}

template <class Item>
RuleLine line_of(const Item& item, std::string_view sort, const std::string& why) {
  return {.name = item.name,
          .sort = sort,
          .matches = match_of(item.text),
          .does = does(item),
          .why = why,
          .pack = item.pack,
          .text = item.text};
}

}  // namespace

std::vector<RuleLine> rule_lines(const audit::Rules& rules) {
  std::vector<RuleLine> lines;
  for (const Rule& rule : rules.rules) {
    lines.push_back(line_of(rule, sort_of(rule), rule.why));
  }
  for (const Waiver& waiver : rules.waivers) {
    lines.push_back(
        line_of(waiver,
                "waiver",
                waiver.reason + (waiver.ticket.empty() ? "" : " (" + waiver.ticket + ")")));
  }
  for (const SkewBudget& budget : rules.budgets) {
    lines.push_back(line_of(budget, "budget", budget.why));
  }
  std::size_t place = 0;
  for (const audit::Wave& wave : rules.waves) {
    const std::string soak = wave.soak.count() == 0
                                 ? ""
                                 : ", healthy for " + describe_age(wave.soak) + " before the next";
    lines.push_back({.name = wave.name,
                     .sort = "wave",
                     .matches = match_text(wave.text.without("name").without("soak")),
                     .does = "deploy " + std::to_string(++place) + " of " +
                             std::to_string(rules.waves.size()) + soak,
                     .why = "",
                     .pack = "",
                     .text = wave.text});
  }
  return lines;
}

}  // namespace celldrift::cli
