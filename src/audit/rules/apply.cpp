// Rules applied to findings: the pipeline that rules.hpp tells of.
#include "audit/fold/places.hpp"
#include "audit/rules/by_kind.hpp"
#include "audit/rules/stages.hpp"

#include <algorithm>
#include <iterator>
#include <map>

namespace celldrift::audit {
namespace {

void append_to(std::vector<Finding>& findings, std::vector<Finding> more) {
  std::ranges::move(more, std::back_inserter(findings));
}

bool sets_severity(const Rule& rule) {
  return rule.severity && !rule.must_differ;
}

bool is_about(const Rule& rule, const Finding& finding) {
  return rule.parity == Rule::Parity::unsaid || finding.category == Category::parity;
}

// The last rule that matches, among those that `counts` takes; nullptr where none does.
template <class Counts>
const Rule* last_match(const std::vector<Rule>& rules,
                       const ByKind& by_kind,
                       const Finding& finding,
                       const LabelsOfCells& cells,
                       Counts counts) {
  const std::vector<std::size_t>& candidates = by_kind.of(finding.object.kind);
  const auto last = std::find_if(candidates.rbegin(), candidates.rend(), [&](std::size_t i) {
    return counts(rules[i]) && is_about(rules[i], finding) &&
           rules[i].match.matches(finding, cells);
  });
  return last == candidates.rend() ? nullptr : &rules[*last];
}

void set_severities(std::vector<Finding>& findings,
                    const std::vector<Rule>& rules,
                    const ByKind& by_kind,
                    const LabelsOfCells& cells) {
  for (Finding& finding : findings) {
    if (const Rule* rule = last_match(rules, by_kind, finding, cells, sets_severity)) {
      rule_on(finding, *rule, *rule->severity);
    }
  }
}

// Who hides a finding, and why; nothing where nobody does. Of a parity rule and the last rule that
// requires parity, the later one counts.
class Hiding {
 public:
  Hiding(const RuleContext& context, const LabelsOfCells& cells)
      : context_(context),
        cells_(cells),
        rules_(context.rules.rules),
        waivers_(context.rules.waivers),
        uses_(context.rules.waivers.size()) {}

  void operator()(std::vector<Finding>& findings, Ruled& ruled) {
    for (Finding& finding : findings) {
      const auto note = hidden_by(finding);
      if (note) {
        gather(finding, *note);
        finding.ruling = {
            .rule = note->name, .source = note->mark, .was = severity_before_rules(finding)};
        ruled.waived.push_back(std::move(finding));
      } else {
        ruled.findings.push_back(std::move(finding));
      }
    }
    for (auto& [key, gathered] : notes_) {
      gathered.note.cells = gathered.places.cells();
      gathered.note.places = gathered.places.take();
      ruled.hidden.push_back(std::move(gathered.note));
    }
  }

  const WaiverUses& uses() const { return uses_; }

 private:
  struct Reason {
    std::string name;
    std::string by;
    std::string reason;
    Mark mark;
  };
  struct Gathered {
    AcceptedNote note;
    Places places;
  };

  std::optional<Reason> hidden_by(const Finding& finding) {
    std::optional<Reason> reason = waived_by(finding);
    const bool may_be_ignored = !reason && finding.category == Category::parity;
    const Rule* rule =
        may_be_ignored
            ? last_match(context_.rules.rules,
                         rules_,
                         finding,
                         cells_,
                         [](const Rule& each) { return each.parity != Rule::Parity::unsaid; })
            : nullptr;
    if (rule != nullptr && rule->parity == Rule::Parity::ignore) {
      reason = {.name = rule->name,
                .by = rule->pack.empty() ? "rule" : "pack " + rule->pack,
                .reason = rule->why,
                .mark = rule->mark()};
    }
    return reason;
  }

  // All waivers that match have done so; the first one counts as the reason.
  std::optional<Reason> waived_by(const Finding& finding) {
    std::optional<Reason> reason;
    for (const std::size_t i : waivers_.of(finding.object.kind)) {
      const Waiver& waiver = context_.rules.waivers[i];
      if (!waiver.match.matches(finding, cells_)) {
        continue;
      }
      ++uses_[i];
      if (!reason && is_in_force(waiver, context_.now)) {
        const std::string ticket = waiver.ticket.empty() ? "" : " (" + waiver.ticket + ")";
        reason = {.name = waiver.name,
                  .by = waiver.owner.empty() ? "waiver" : waiver.owner,
                  .reason = waiver.reason + ticket,
                  .mark = waiver.mark()};
      }
    }
    return reason;
  }

  void gather(const Finding& finding, const Reason& reason) {
    Gathered& gathered = notes_[{reason.name, finding.path_text}];
    gathered.note.rule = reason.name;
    gathered.note.by = {reason.by};
    gathered.note.reason = reason.reason;
    gathered.note.path_text = finding.path_text;
    gathered.note.source = reason.mark;
    ++gathered.note.differences;
    for (const std::string& cell : finding.cells) {
      gathered.places.add(finding.object, cell);
    }
  }

  const RuleContext& context_;
  const LabelsOfCells& cells_;
  ByKind rules_;
  ByKind waivers_;
  WaiverUses uses_;
  std::map<std::pair<std::string, std::string>, Gathered> notes_;
};

template <class RuleList>
void add_matching(const RuleList& rules,
                  const Finding& finding,
                  const LabelsOfCells& cells,
                  std::vector<std::string>& names) {
  for (const auto& rule : rules) {
    if (rule.match.matches(finding, cells)) {
      names.push_back(rule.name);
    }
  }
}

}  // namespace

void rule_on(Finding& finding, const RuleHead& rule, Severity severity) {
  const Severity was = severity_before_rules(finding);
  finding.ruling = {.rule = rule.name, .source = rule.mark(), .was = was};
  finding.severity = severity;
}

Ruled apply_rules(std::vector<Finding> findings, const RuleContext& context) {
  const LabelsOfCells cells = labels_of_cells(context.cells);
  add_labels(findings, context.applications);
  append_to(findings, wave_findings(findings, context.rules.waves, cells));
  append_to(findings, shared_values(context, cells));
  const ByKind by_kind(context.rules.rules);
  set_severities(findings, context.rules.rules, by_kind, cells);
  apply_budgets(findings, context.rules.budgets, cells);
  Ruled ruled;
  Hiding hide(context, cells);
  hide(findings, ruled);
  std::vector<Finding> of_waivers = waiver_findings(context, hide.uses(), cells);
  set_severities(of_waivers, context.rules.rules, by_kind, cells);
  append_to(ruled.findings, std::move(of_waivers));
  return ruled;
}

std::vector<std::string> matching_rules(const Rules& rules,
                                        const Finding& finding,
                                        const LabelsOfCells& cells) {
  std::vector<std::string> names;
  for (const Rule& rule : rules.rules) {
    const bool is_own = finding.ruling && finding.ruling->rule == rule.name;
    if (rule.must_differ ? finding.category == Category::isolation && is_own
                         : is_about(rule, finding) && rule.match.matches(finding, cells)) {
      names.push_back(rule.name);
    }
  }
  if (finding.category == Category::skew) {
    add_matching(rules.budgets, finding, cells, names);
  }
  if (finding.category != Category::rules) {
    add_matching(rules.waivers, finding, cells, names);
  }
  return names;
}

}  // namespace celldrift::audit
