// What a group of findings comes to: who, when, where, which line.
#include "audit/findings/fingerprint.hpp"
#include "audit/fold/fold.hpp"
#include "audit/fold/places.hpp"
#include "celldrift/audit/brief.hpp"
#include "celldrift/audit/names.hpp"

#include <algorithm>
#include <set>

namespace celldrift::audit {
namespace {

using Members = std::vector<const Finding*>;

std::string number(std::size_t count, std::string_view thing) {
  return std::to_string(count) + " " + std::string(thing) + (count == 1 ? "" : "s");
}

// Who, where all that is no skew was done by the same; with the latest time.
std::optional<compare::Owner> writer(const Members& members) {
  std::optional<compare::Owner> common;
  for (const Finding* finding : members) {
    if (finding->category == Category::skew) {
      continue;
    }
    const auto& owner = finding->changed_by;
    if (!owner || (common && writer_of(common) != writer_of(owner))) {
      return std::nullopt;
    }
    const auto latest = common ? std::max(common->time, owner->time) : owner->time;
    common = owner;
    common->time = latest;
  }
  return common;
}

std::optional<Time> earliest(const Members& members) {
  std::optional<Time> first;
  for (const Finding* finding : members) {
    const auto time = finding->changed_by ? finding->changed_by->time : std::nullopt;
    first = time && (!first || *time < *first) ? time : first;
  }
  return first;
}

Mark common_line(const Members& members) {
  const Mark first = members.front()->source;
  const bool shared = std::ranges::all_of(members, [&](const Finding* finding) {
    return describe(finding->source) == describe(first);
  });
  return shared ? first : Mark{};
}

Places places_of(const Members& members) {
  Places places;
  for (const Finding* finding : members) {
    // Skew and parity are of one object in each of their cells, and name only the first.
    const bool one_cell = finding->cells.size() == 1;
    const bool is_over_cells =
        finding->category == Category::skew || finding->category == Category::parity;
    if (!is_over_cells || one_cell) {
      for (const std::string& cell : finding->cells) {
        places.add(finding->object, cell);
      }
    }
  }
  return places;
}

std::vector<std::string> cells_of(const Members& members) {
  std::set<std::string> cells;
  for (const Finding* finding : members) {
    cells.insert(finding->cells.begin(), finding->cells.end());
  }
  return {cells.begin(), cells.end()};
}

std::string objects_text(const Members& members) {
  std::set<std::string> keys;
  for (const Finding* finding : members) {
    if (finding->category != Category::skew) {
      keys.insert(shared_key(*finding));
    }
  }
  const Finding& first = *members.front();
  return keys.size() == 1 && first.category != Category::skew ? describe(shared_object(first))
                                                              : number(keys.size(), "object");
}

std::string common_reason(const Members& members) {
  const std::string& reason = members.front()->reason;
  return std::ranges::all_of(members, [&](const Finding* each) { return each->reason == reason; })
             ? reason
             : "";
}

// What the sentence needs to know.
struct Facts {
  std::string who;
  std::string objects;
  std::string cells;
  std::string reason;  // that all have; "" mostly
  const Finding& first;
};

std::string wanted(const Finding& finding) {
  return finding.want ? " (" + brief(*finding.want) + ")" : "";
}

std::string sentence(Cause::Kind kind, const Facts& facts) {
  const Finding& first = facts.first;
  switch (kind) {
    case Cause::Kind::write:
      return facts.who + " wrote " + facts.objects + " in " + facts.cells + " at one time";
    case Cause::Kind::same_change:
      return "the same change of " + facts.objects + " in " + facts.cells + "; " + facts.who +
             (facts.reason.empty() ? "" : "; " + facts.reason);
    case Cause::Kind::git_line:
      return describe(first.source) + wanted(first) + " is not followed by " + facts.objects +
             " in " + facts.cells + "; " + facts.who;
    case Cause::Kind::application:
      return "nothing of " + first.component + " is there in " + facts.cells;
    case Cause::Kind::name_space:
      return "nothing of the namespace " +
             (first.object.ns.empty() ? first.object.name : first.object.ns) + " is there in " +
             facts.cells;
    case Cause::Kind::kind:
      return "no " + first.object.kind + " that Git wants is there in " + facts.cells;
    case Cause::Kind::object:
      return facts.objects +
             (first.category == Category::extra ? " is not in Git, but in " : " is missing in ") +
             facts.cells;
    case Cause::Kind::api:
      return first.object.api_version + " " + first.object.kind + " is not served by " +
             facts.cells;
    case Cause::Kind::versions:
      break;
  }
  return first.component + ": different versions in " + facts.cells;
}

std::string parity_sentence(const Facts& facts) {
  const Finding& first = facts.first;
  const std::string what = first.rule == "parity/application" ? "Applications"
                           : first.path_text.empty()          ? facts.objects
                                                     : first.path_text + " of " + facts.objects;
  return what + ": " + facts.cells + " out of line in the same way" +
         (first.reason.empty() ? "" : "; " + first.reason);
}

// The names of what the findings have in common; not values, times or cells, which come and go.
std::string fingerprint_of(Cause::Kind kind, const Cause& cause, const Members& members) {
  std::set<std::string> about;
  for (const Finding* finding : members) {
    const bool by_object = kind == Cause::Kind::object || kind == Cause::Kind::versions;
    about.insert(
        key_of({finding->component, by_object ? shared_key(*finding) : "", finding->path_text}));
  }
  std::vector<std::string> parts{"cause", std::string(describe(kind)), writer_of(cause.changed_by)};
  if (members.front()->category == Category::gitops) {
    parts.push_back(members.front()->rule + " " + members.front()->what);
  }
  if (kind == Cause::Kind::name_space || kind == Cause::Kind::kind || kind == Cause::Kind::api) {
    const ObjectRef& object = members.front()->object;
    parts.push_back(kind == Cause::Kind::name_space ? (object.ns.empty() ? object.name : object.ns)
                                                    : object.api_version + " " + object.kind);
  } else {
    parts.insert(parts.end(), about.begin(), about.end());
  }
  const std::vector<std::string_view> views(parts.begin(), parts.end());
  return fingerprint(views);
}

}  // namespace

Cause cause_of(const Group& group, const std::vector<Finding>& findings) {
  Members members;
  for (const std::size_t i : group.members) {
    members.push_back(&findings[i]);
  }
  // What is said of the whole is said of drift where there is any: skew comes from it.
  std::ranges::stable_partition(
      members, [](const Finding* finding) { return finding->category != Category::skew; });
  Cause cause{.kind = group.kind, .fingerprint = "", .message = ""};
  cause.changed_by = writer(members);
  cause.since = earliest(members);
  cause.source = common_line(members);
  cause.cells = cells_of(members);
  cause.places = places_of(members).take();
  for (const std::size_t i : group.members) {
    cause.findings.push_back(findings[i].fingerprint);
  }
  const Facts facts{
      .who = cause.changed_by ? cause.changed_by->manager : "no record of who",
      .objects = objects_text(members),
      .cells = cause.cells.size() == 1 ? cause.cells.front() : number(cause.cells.size(), "cell"),
      .reason = common_reason(members),
      .first = *members.front()};
  cause.message = facts.first.category == Category::parity ? parity_sentence(facts)
                  : facts.first.category == Category::gitops
                      ? claim_sentence(facts.first, facts.objects, facts.cells, facts.reason)
                      : sentence(group.kind, facts);
  cause.fingerprint = fingerprint_of(group.kind, cause, members);
  return cause;
}

}  // namespace celldrift::audit
