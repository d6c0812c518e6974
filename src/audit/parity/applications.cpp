// Components that most cells run and some do not, where that looks like an oversight.
#include "audit/findings/fingerprint.hpp"
#include "audit/parity/labels.hpp"
#include "audit/parity/parity.hpp"
#include "audit/wording.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace celldrift::audit {
namespace {

struct Runs {
  std::map<std::string, const Expected*> cells;  // by cell, its first Application
  bool is_selected = false;                      // a cluster generator made all of them
};
using Components = std::map<std::string, Runs>;

Components components_of(const Input& input) {
  Components components;
  for (const Expected& expected : input.expected) {
    Runs& runs = components[expected.component];
    runs.is_selected = (runs.cells.empty() || runs.is_selected) && expected.is_selected;
    const auto [place, is_new] = runs.cells.emplace(expected.cell, &expected);
    if (!is_new && expected.application < place->second->application) {
      place->second = &expected;
    }
  }
  return components;
}

// Sets of cells, by their places in order of name.
using Bits = std::vector<bool>;

bool share_any(const Bits& a, const Bits& b) {
  return std::ranges::mismatch(a, b, [](bool in_a, bool in_b) { return !in_a || !in_b; }).in1 !=
         a.end();
}

// Which cells run some component both. A hub with tools of its own is no sibling of the cells; a
// cell that runs nothing at all is one of every cell, for what it is to run is not known.
class Siblings {
 public:
  Siblings(const Components& components, const Input& input) {
    for (const KnownCell& cell : input.known) {
      places_.emplace(cell.name, 0);
    }
    for (const auto& [name, runs] : components) {
      for (const auto& [cell, expected] : runs.cells) {
        places_.emplace(cell, 0);
      }
    }
    std::size_t place = 0;
    for (auto& [cell, its] : places_) {
      its = place++;
    }
    siblings_.resize(places_.size(), Bits(places_.size()));
    // Most components are run by the same cells: each set of them counts once.
    std::set<Bits> sets;
    for (const auto& [name, runs] : components) {
      sets.insert(bits_of(runs));
    }
    for (const Bits& set : sets) {
      add(set);
    }
    for (Bits& siblings : siblings_) {
      if (std::ranges::find(siblings, true) == siblings.end()) {
        siblings.flip();
      }
    }
  }

  // The cells that do not run the component, and are like some that do.
  std::set<std::string> lacking(const Runs& runs) const {
    const Bits own = bits_of(runs);
    std::set<std::string> lacking;
    for (const auto& [cell, place] : places_) {
      if (!own[place] && share_any(siblings_[place], own)) {
        lacking.insert(cell);
      }
    }
    return lacking;
  }

 private:
  Bits bits_of(const Runs& runs) const {
    Bits bits(places_.size());
    for (const auto& [cell, expected] : runs.cells) {
      bits[places_.at(cell)] = true;
    }
    return bits;
  }

  void add(const Bits& set) {
    for (std::size_t cell = 0; cell < set.size(); ++cell) {
      for (std::size_t other = 0; set[cell] && other < set.size(); ++other) {
        siblings_[cell][other] = siblings_[cell][other] || set[other];
      }
    }
  }

  std::map<std::string, std::size_t> places_;
  std::vector<Bits> siblings_;
};

std::map<std::string_view, const KnownCell*> known_by_name(const Input& input) {
  std::map<std::string_view, const KnownCell*> known;
  for (const KnownCell& cell : input.known) {
    known.emplace(cell.name, &cell);
  }
  return known;
}

std::string quoted(const std::string& text) {
  return "\"" + text + "\"";
}

std::string why(const DecidingLabel& label, const KnownCell& cell) {
  switch (label.how) {
    case DecidingLabel::How::lacking:
      return cell.labelled_by + " has no label " + label.name + " (theirs say " +
             quoted(label.theirs) + ")";
    case DecidingLabel::How::similar:
    case DecidingLabel::How::other:
      break;
  }
  const bool is_name = label.how == DecidingLabel::How::similar && is_slip(label.own, label.name) &&
                       !is_slip(label.own, label.theirs);
  return cell.labelled_by + (is_name ? " has the label " + label.own + " in place of " + label.name
                                     : " says " + quoted(label.own) + " in the label " +
                                           label.name + ", theirs " + quoted(label.theirs));
}

struct Verdict {
  Severity severity = Severity::note;
  std::string reason;
};

// What is to be said of a cell without the component; nothing where Git plainly means it so.
std::optional<Verdict> verdict_on(const std::string& cell,
                                  const Runs& runs,
                                  const std::set<std::string>& lacking,
                                  const std::map<std::string_view, const KnownCell*>& known) {
  const bool most_have_it = runs.cells.size() > 1 && runs.cells.size() > lacking.size();
  const bool nearly_all = runs.cells.size() >= 3 * lacking.size() && runs.cells.size() > 2;
  const auto own = known.find(cell);
  // A selector that Argo CD's own cluster is not among is nobody's oversight.
  if (!most_have_it || own == known.end() || own->second->is_hub) {
    return std::nullopt;
  }
  std::vector<const KnownCell*> others;
  for (const auto& [name, expected] : runs.cells) {
    if (const auto found = known.find(name); found != known.end()) {
      others.push_back(found->second);
    }
  }
  const auto label =
      runs.is_selected ? deciding_label(*own->second, others) : std::optional<DecidingLabel>();
  if (label && label->how != DecidingLabel::How::other) {
    return Verdict{Severity::warning, why(*label, *own->second)};
  }
  if (!nearly_all) {
    return std::nullopt;
  }
  return Verdict{Severity::note,
                 label              ? why(*label, *own->second)
                 : runs.is_selected ? "no label of the cells tells why"
                                    : "Git lists the cells that run it, and this is none of them"};
}

Finding finding_of(const std::string& component,
                   const Runs& runs,
                   const std::string& cell,
                   const Verdict& verdict) {
  const Expected& sibling = *runs.cells.begin()->second;
  ValueGroup with{.value = Value::string("there"), .cells = {}};
  for (const auto& [name, expected] : runs.cells) {
    with.cells.push_back(name);
  }
  Finding finding;
  finding.rule = "parity/application";
  finding.category = Category::parity;
  finding.severity = verdict.severity;
  finding.component = component;
  finding.cells = {cell};
  finding.object = {.api_version = "argoproj.io/v1alpha1",
                    .kind = "Application",
                    .ns = "",
                    .name = sibling.application};
  finding.subject = "Application " + component;
  finding.message = cell + " lacks " + component + ", which " + cells_text(with.cells) + " run" +
                    (with.cells.size() == 1 ? "s" : "") + "; " + verdict.reason;
  finding.reason = verdict.reason;
  finding.values = {std::move(with), {.value = Value(), .cells = {cell}}};
  finding.fingerprint = fingerprint({finding.rule, component, cell});
  return finding;
}

}  // namespace

std::vector<Finding> application_parity(const Input& input) {
  std::vector<Finding> findings;
  if (!input.unknown_applications.empty()) {
    return findings;
  }
  const Components components = components_of(input);
  const std::map<std::string_view, const KnownCell*> known = known_by_name(input);
  const Siblings siblings(components, input);
  for (const auto& [name, runs] : components) {
    const std::set<std::string> lacking = siblings.lacking(runs);
    for (const std::string& cell : lacking) {
      if (const auto verdict = verdict_on(cell, runs, lacking, known)) {
        findings.push_back(finding_of(name, runs, cell, *verdict));
      }
    }
  }
  return findings;
}

}  // namespace celldrift::audit
