#include "audit/parity/judged.hpp"

#include "audit/parity/entries.hpp"
#include "audit/parity/minors.hpp"
#include "audit/parity/opaque.hpp"
#include "audit/parity/value_groups.hpp"
#include "audit/parity/writers.hpp"
#include "celldrift/audit/brief.hpp"

#include <algorithm>

namespace celldrift::audit {
namespace {

using compare::Accepted;
using compare::Parting;
using Nature = CellDifference::Nature;
using Outcome = compare::Decision::Outcome;
using Answer = std::optional<Judged>;  // nothing: not worth telling of

// What the API server chooses where nobody states it, but by what the cell has set up: the default
// StorageClass, the default IngressClass, the families of its network.
constexpr std::string_view choices_of_the_cell[] = {
    "storageClassName", "ingressClassName", "priorityClassName", "ipFamilies", "overhead"};

bool is_choice_of_the_cell(const Path& path) {
  const auto* last = path.empty() ? nullptr : std::get_if<Path::Field>(&path.steps().back());
  return last != nullptr &&
         std::ranges::find(choices_of_the_cell, last->name) != std::end(choices_of_the_cell);
}

bool is_builtin_group(std::string_view group) {
  return group.find('.') == group.npos || group.ends_with(".k8s.io");
}

// The Kubernetes minors that are why; "" where others are to blame.
std::string kubernetes_versions(const Entries& entries) {
  std::vector<std::pair<std::string, std::size_t>> groups;
  for (const Entry& entry : entries) {
    const CellSummary* summary = entry.variant->member().summary;
    groups.emplace_back(summary == nullptr ? "" : minor_of(summary->kubernetes_version),
                        entry.group);
  }
  return telling_minors(groups);
}

bool any_outcome(const Entries& entries, std::initializer_list<Outcome> outcomes) {
  return std::ranges::any_of(entries, [&](const Entry& entry) {
    const Stand& stand = entry.stand;
    return stand.live != nullptr && stand.accepted == nullptr &&
           std::ranges::find(outcomes, stand.outcome) != outcomes.end();
  });
}

const Accepted* first_accepted(const Entries& entries) {
  const auto found = std::ranges::find_if(
      entries, [](const Entry& entry) { return entry.stand.accepted != nullptr; });
  return found == entries.end() ? nullptr : found->stand.accepted;
}

bool any_left_to_others(const Entries& entries) {
  return std::ranges::any_of(entries, [](const Entry& entry) {
    return entry.stand.accepted != nullptr && is_left_to_others(*entry.stand.accepted);
  });
}

bool is_at_work_in_all(const Entries& entries) {
  return std::ranges::all_of(entries, [](const Entry& entry) { return entry.stand.accepted; });
}

// Snapshots may have been hashed with keys of their own: then nothing can be said of a Secret's
// values.
bool are_hashes_of_snapshots(const Entries& entries) {
  const auto is_hash = [](const Entry& entry) {
    const Value* live = entry.stand.live;
    return live != nullptr && live->is_string() && is_secret_hash(live->as_string());
  };
  return std::ranges::all_of(entries, is_hash) &&
         std::ranges::any_of(entries, [](const Entry& entry) {
           const CellSummary* summary = entry.variant->member().summary;
           return summary != nullptr && !summary->snapshot_time.empty();
         });
}

Answer told(const Entries& entries, Nature nature, Severity severity, std::string reason) {
  return Judged{.nature = nature,
                .severity = severity,
                .path = {},
                .text = {},
                .values = value_groups(entries),
                .drifted = {},
                .reason = std::move(reason),
                .changed_by = {}};
}

// Some cells are not as Git wants them there. All cells are told, with what they have.
Answer drifted(const Entries& all) {
  Entries entries = all;
  group_values(entries, Likeness::whole);
  Answer answer = told(entries, Nature::drift, Severity::note, "");
  for (const Entry& entry : all) {
    if (entry.stand.is_drift) {
      const auto& cells = entry.variant->cells();
      answer->drifted.insert(answer->drifted.end(), cells.begin(), cells.end());
    }
  }
  std::ranges::sort(answer->drifted);
  return answer;
}

// Git states it in some cell at least. Where it states the same in all, and what is live is no
// drift and yet not the same, somebody changes it by right, or a rule hides it.
Answer stated(Entries& entries) {
  if (count_wanted(entries) > 1) {
    return are_hashes_of_snapshots(entries)
               ? std::nullopt
               : told(entries, Nature::declared, Severity::note, "Git states it differently");
  }
  const Accepted* accepted = first_accepted(entries);
  if (accepted == nullptr) {
    return std::nullopt;  // the same in meaning
  }
  if (any_left_to_others(entries)) {
    return told(entries, Nature::others, Severity::note, accepted_text(*accepted));
  }
  return group_values(entries, Likeness::form) < 2 || is_each_its_own(entries)
             ? std::nullopt
             : told(entries, Nature::undeclared, Severity::note, accepted_text(*accepted));
}

// What a webhook puts there in some cells only makes another object of it there; what it puts in
// all may well have its own version or address in it.
Answer admitted(Entries& entries, const Accepted& accepted) {
  if (group_values(entries, Likeness::form) < 2) {
    return std::nullopt;
  }
  const bool is_right = accepted.kind == Accepted::Kind::by_right;
  const Severity severity =
      is_right && !is_at_work_in_all(entries) ? Severity::warning : Severity::note;
  return told(entries, Nature::undeclared, severity, accepted_text(accepted));
}

// Controllers write counters, addresses and times: only whether they write at all is compared.
Answer by_controller(Entries& entries) {
  const auto wrote = std::ranges::find_if(entries, [](const Entry& entry) {
    return entry.stand.live != nullptr && entry.stand.outcome == Outcome::controller;
  });
  const bool is_drawn = !opaque_form(*wrote->stand.live).empty();  // a caBundle, a checksum
  if (is_drawn || is_of_kubernetes(wrote->stand.owner) || group_presence(entries) < 2) {
    return std::nullopt;
  }
  const compare::Owner& owner = *wrote->stand.owner;
  Answer answer = told(
      entries, Nature::undeclared, Severity::note, owner.manager + ", a controller, writes it");
  answer->changed_by = owner;
  return answer;
}

Answer by_default(const Parting& parting, Entries& entries) {
  std::erase_if(entries,
                [&](const Entry& entry) { return entry.variant->has_drift_beside(parting.path); });
  keep_alike(entries);
  if (entries.size() < 2 || group_values(entries, Likeness::form) < 2) {
    return std::nullopt;
  }
  const std::string versions = is_builtin_group(entries.front().variant->result().key.group)
                                   ? kubernetes_versions(entries)
                                   : "";
  if (!versions.empty()) {
    return told(entries,
                Nature::undeclared,
                Severity::note,
                "a default of Kubernetes, which is " + versions + " in these cells");
  }
  return told(entries,
              Nature::undeclared,
              Severity::warning,
              parting.is_allocated ? "the cell's own defaults choose it"
                                   : "the API server puts it there by default, or keeps it from "
                                     "before");
}

// Git leaves it open in all cells: who or what has put it there?
Answer silent(const Parting& parting, Entries& entries) {
  const bool is_choice = is_choice_of_the_cell(parting.path);
  if (any_left_to_others(entries) && !is_choice) {
    return told(entries, Nature::others, Severity::note, accepted_text(*first_accepted(entries)));
  }
  if ((parting.is_allocated && !is_choice) ||
      any_outcome(entries, {Outcome::undecided, Outcome::server, Outcome::mark, Outcome::drift})) {
    return std::nullopt;
  }
  if (const Accepted* accepted = first_accepted(entries)) {
    return admitted(entries, *accepted);
  }
  return any_outcome(entries, {Outcome::controller}) && !is_choice ? by_controller(entries)
                                                                   : by_default(parting, entries);
}

Answer judge(const Parting& parting, std::vector<Variant>& variants, Drift drift) {
  const Entries all = entries_at(parting, variants);
  Entries entries;
  std::ranges::copy_if(
      all, std::back_inserter(entries), [](const Entry& entry) { return !entry.stand.is_drift; });
  if (entries.size() != all.size() && drift == Drift::told) {
    return drifted(all);
  }
  if (entries.size() < 2 || group_values(entries, Likeness::whole) < 2) {
    return std::nullopt;
  }
  const bool is_stated = std::ranges::any_of(
      entries, [](const Entry& entry) { return entry.stand.desired != nullptr; });
  return is_stated ? stated(entries) : silent(parting, entries);
}

}  // namespace

std::vector<Judged> judge_line(std::vector<Variant>& variants, Drift drift) {
  std::vector<Judged> judged;
  if (variants.size() < 2) {
    return judged;
  }
  std::vector<compare::Side> sides;
  for (const Variant& variant : variants) {
    sides.push_back({variant.result().live, variant.result().desired});
  }
  const compare::Context context = variants.front().context(compare::Explain::no);
  const auto abstract = [&](std::size_t side, std::string_view text) {
    return variants[side].text(text);
  };
  for (const Parting& parting :
       compare::partings(sides, context.schema, context.settings.instance_label, abstract)) {
    if (Answer one = judge(parting, variants, drift)) {
      one->path = parting.path;
      one->text = parting.text;
      judged.push_back(*std::move(one));
    }
  }
  return judged;
}

}  // namespace celldrift::audit
