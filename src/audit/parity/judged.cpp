#include "audit/parity/judged.hpp"

#include "audit/fold/groups.hpp"
#include "audit/parity/minors.hpp"
#include "audit/parity/opaque.hpp"
#include "celldrift/audit/brief.hpp"
#include "celldrift/core/text.hpp"
#include "celldrift/yaml/yaml.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace celldrift::audit {
namespace {

using compare::Accepted;
using compare::Parting;
using Nature = CellDifference::Nature;
using Outcome = compare::Decision::Outcome;

// What the API server chooses where nobody states it, but by what the cell has set up: the default
// StorageClass, the default IngressClass, the families of its network.
constexpr std::string_view choices_of_the_cell[] = {
    "storageClassName", "ingressClassName", "priorityClassName", "ipFamilies", "overhead"};

// What admission puts there is the same wherever the same admission is at work. What others change
// by right (autoscalers, operators) is another number in each cell.
constexpr std::string_view admission_rules[] = {
    "mutating-webhook", "mutating-admission-policy", "kyverno-policy", "limit-range"};

bool is_by_admission(std::string_view rule, std::string_view by) {
  return by.starts_with("webhook ") ||
         std::ranges::find(admission_rules, rule) != std::end(admission_rules);
}

bool is_left_to_others(const Accepted& accepted) {
  return accepted.kind == Accepted::Kind::by_right
             ? !is_by_admission(accepted.rule, accepted.by)
             : !accepted.also_by.empty() && !is_by_admission(accepted.also_rule, accepted.also_by);
}

// A part of Kubernetes that every cell has.
bool is_of_kubernetes(const std::optional<compare::Owner>& owner) {
  static constexpr std::string_view names[] = {
      "kube-", "kubelet", "cloud-controller-manager", "k3s", "clusterrole-aggregation-controller"};
  return !owner || std::ranges::any_of(names, [&](std::string_view name) {
    return owner->manager.starts_with(name);
  });
}

// One variant at the parting.
struct Entry {
  const Variant* variant = nullptr;
  Stand stand;
  const Value* around = nullptr;
  std::size_t group = 0;  // of equal values
};
using Entries = std::vector<Entry>;

enum class Look { whole, form };

// Equal for values that are the same as they are; the second for those that are with the cell's
// own taken out.
std::pair<std::string, std::string> keys_of(const Entry& entry, Look look) {
  const Value* live = entry.stand.live;
  if (live == nullptr) {
    return {"", ""};
  }
  const std::string_view form = look == Look::form ? opaque_form(*live) : "";
  if (!form.empty()) {
    return {std::string(form), std::string(form)};
  }
  return {"raw" + key_of(std::optional(*live)),
          "abstract" + key_of(std::optional(entry.variant->abstracted(*live)))};
}

// Numbers the groups of equal values; returns how many there are.
std::size_t group_values(Entries& entries, Look look) {
  Sets sets(entries.size());
  std::map<std::string, std::size_t> first;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const auto [raw, abstract] = keys_of(entries[i], look);
    sets.join(i, first.emplace(raw, i).first->second);
    sets.join(i, first.emplace(abstract, i).first->second);
  }
  const std::vector<Indexes> groups = sets.take();
  for (std::size_t group = 0; group < groups.size(); ++group) {
    for (const std::size_t i : groups[group]) {
      entries[i].group = group;
    }
  }
  return groups.size();
}

// Presence alone: what is there counts as one value.
std::size_t group_presence(Entries& entries) {
  std::set<std::size_t> groups;
  for (Entry& entry : entries) {
    entry.group = entry.stand.live == nullptr ? 0 : 1;
    groups.insert(entry.group);
  }
  return groups.size();
}

// The value of a group: as it is where all have it so.
Value value_of(const std::vector<const Entry*>& group) {
  const Value* first = group.front()->stand.live;
  if (first == nullptr) {
    return {};
  }
  const bool is_one =
      std::ranges::all_of(group, [&](const Entry* entry) { return *entry->stand.live == *first; });
  return is_one ? *first : group.front()->variant->abstracted(*first);
}

std::vector<ValueGroup> value_groups(const Entries& entries) {
  std::map<std::size_t, std::vector<const Entry*>> groups;
  for (const Entry& entry : entries) {
    groups[entry.group].push_back(&entry);
  }
  std::vector<std::pair<std::string, ValueGroup>> sorted;
  for (const auto& [number, group] : groups) {
    ValueGroup values{.value = value_of(group), .cells = {}};
    for (const Entry* entry : group) {
      const auto& cells = entry->variant->cells();
      values.cells.insert(values.cells.end(), cells.begin(), cells.end());
    }
    std::ranges::sort(values.cells);
    const std::string text = values.value.is_null() ? "" : yaml::canonical_json(values.value);
    sorted.emplace_back(text, std::move(values));
  }
  std::ranges::sort(sorted, [](const auto& a, const auto& b) {
    const std::size_t left = a.second.cells.size();
    const std::size_t right = b.second.cells.size();
    return left != right ? left > right : a.first < b.first;
  });
  std::vector<ValueGroup> result;
  for (auto& [text, group] : sorted) {
    result.push_back(std::move(group));
  }
  return result;
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

// What a default may hang on: the scalars beside it, and which other fields there are.
std::string siblings_of(const Entry& entry) {
  std::vector<std::string> fields;
  if (entry.around != nullptr) {
    for (const Value::Entry& field : entry.around->entries()) {
      const Value kind = Value::integer(std::int64_t(field.value.kind()));
      const Value value = field.value.is_scalar() ? entry.variant->abstracted(field.value) : kind;
      fields.push_back(key_of({field.key.view(), key_of(std::optional(value))}));
    }
  }
  std::ranges::sort(fields);
  return join(fields, ";");
}

// Leaves only those whose surroundings Git states alike, the most of them: a default that hangs on
// something that Git declares differently is declared with it.
void keep_alike(Entries& entries) {
  std::map<std::string, std::size_t> cells;
  for (const Entry& entry : entries) {
    cells[siblings_of(entry)] += entry.variant->cells().size();
  }
  const auto most =
      std::ranges::max_element(cells, {}, [](const auto& each) { return each.second; });
  const std::string kept = most == cells.end() ? "" : most->first;
  std::erase_if(entries, [&](const Entry& entry) { return siblings_of(entry) != kept; });
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

std::string accepted_text(const Accepted& accepted) {
  const std::string who = accepted.by.empty() ? accepted.rule : accepted.by;
  return accepted.kind == Accepted::Kind::ignored
             ? accepted.rule + " (" + who + ") keeps it from being drift"
             : who + (accepted.reason.empty() ? " changes it" : ": " + accepted.reason);
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

// No two of several cells have the same: the value is each cell's own, and none is out of line.
bool is_each_its_own(const Entries& entries) {
  std::set<std::size_t> groups;
  for (const Entry& entry : entries) {
    groups.insert(entry.group);
  }
  return entries.size() > 2 && groups.size() == entries.size() &&
         std::ranges::all_of(entries,
                             [](const Entry& entry) { return entry.variant->cells().size() == 1; });
}

class Judge {
 public:
  Judge(std::vector<Variant>& variants, Drift drift) : variants_(variants), drift_(drift) {}

  std::optional<Judged> operator()(const Parting& parting);

 private:
  using Answer = std::optional<Judged>;

  Answer drifted(const Entries& all);
  Answer stated(Entries& entries);
  Answer silent(const Parting& parting, Entries& entries);
  Answer by_default(const Parting& parting, Entries& entries);
  Answer admitted(Entries& entries, const Accepted& accepted);
  Answer by_controller(Entries& entries);
  Answer told(const Entries& entries, Nature nature, Severity severity, std::string reason) const;

  std::vector<Variant>& variants_;
  Drift drift_;
};

std::optional<Judged> Judge::operator()(const Parting& parting) {
  Entries all;
  for (std::size_t i = 0; i < variants_.size(); ++i) {
    all.push_back({.variant = &variants_[i],
                   .stand = variants_[i].stand_at(parting.text, parting.at[i]),
                   .around = parting.around[i]});
  }
  Entries entries;
  std::ranges::copy_if(
      all, std::back_inserter(entries), [](const Entry& entry) { return !entry.stand.is_drift; });
  Answer answer;
  if (entries.size() != all.size() && drift_ == Drift::told) {
    answer = drifted(all);
  } else if (entries.size() > 1 && group_values(entries, Look::whole) > 1) {
    const bool is_stated = std::ranges::any_of(
        entries, [](const Entry& entry) { return entry.stand.desired != nullptr; });
    answer = is_stated ? stated(entries) : silent(parting, entries);
  }
  if (answer) {
    answer->path = parting.path;
    answer->text = parting.text;
  }
  return answer;
}

Judge::Answer Judge::told(const Entries& entries,
                          Nature nature,
                          Severity severity,
                          std::string reason) const {
  return Judged{.nature = nature,
                .severity = severity,
                .path = {},
                .text = {},
                .values = value_groups(entries),
                .drifted = {},
                .reason = std::move(reason),
                .changed_by = {}};
}

Judge::Answer Judge::drifted(const Entries& all) {
  Entries entries = all;
  group_values(entries, Look::whole);
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
Judge::Answer Judge::stated(Entries& entries) {
  std::set<std::string> wanted;
  for (const Entry& entry : entries) {
    const Value* desired = entry.stand.desired;
    wanted.insert(desired == nullptr ? ""
                                     : key_of(std::optional(entry.variant->abstracted(*desired))));
  }
  if (wanted.size() > 1 && are_hashes_of_snapshots(entries)) {
    return std::nullopt;
  }
  if (wanted.size() > 1) {
    return told(entries, Nature::declared, Severity::note, "Git states it differently");
  }
  const Accepted* accepted = first_accepted(entries);
  if (accepted == nullptr) {
    return std::nullopt;  // the same in meaning
  }
  if (std::ranges::any_of(entries, [](const Entry& entry) {
        return entry.stand.accepted != nullptr && is_left_to_others(*entry.stand.accepted);
      })) {
    return told(entries, Nature::others, Severity::note, accepted_text(*accepted));
  }
  return group_values(entries, Look::form) < 2 || is_each_its_own(entries)
             ? std::nullopt
             : told(entries, Nature::undeclared, Severity::note, accepted_text(*accepted));
}

Judge::Answer Judge::silent(const Parting& parting, Entries& entries) {
  const auto* last =
      parting.path.empty() ? nullptr : std::get_if<Path::Field>(&parting.path.steps().back());
  const bool is_choice = last != nullptr && std::ranges::find(choices_of_the_cell, last->name) !=
                                                std::end(choices_of_the_cell);
  const bool is_others = std::ranges::any_of(entries, [](const Entry& entry) {
    return entry.stand.accepted != nullptr && is_left_to_others(*entry.stand.accepted);
  });
  if (is_others && !is_choice) {
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

// What a webhook puts there in some cells only makes another object of it there; what it puts in
// all may well have its own version or address in it.
Judge::Answer Judge::admitted(Entries& entries, const Accepted& accepted) {
  if (group_values(entries, Look::form) < 2) {
    return std::nullopt;
  }
  const bool is_right = accepted.kind == Accepted::Kind::by_right;
  const Severity severity =
      is_right && !is_at_work_in_all(entries) ? Severity::warning : Severity::note;
  return told(entries, Nature::undeclared, severity, accepted_text(accepted));
}

// Controllers write counters, addresses and times: only whether they write at all is compared.
Judge::Answer Judge::by_controller(Entries& entries) {
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

Judge::Answer Judge::by_default(const Parting& parting, Entries& entries) {
  std::erase_if(entries,
                [&](const Entry& entry) { return entry.variant->has_drift_beside(parting.path); });
  keep_alike(entries);
  if (entries.size() < 2 || group_values(entries, Look::form) < 2) {
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
  Judge judge(variants, drift);
  for (const Parting& parting :
       compare::partings(sides, context.schema, context.settings.instance_label, abstract)) {
    if (std::optional<Judged> one = judge(parting)) {
      judged.push_back(*std::move(one));
    }
  }
  return judged;
}

}  // namespace celldrift::audit
