// What one manager wrote at one time. managedFields has one time for each manager of each object:
// that of its last write. So an edit is what one entry of one object shows.
#include "audit/fold/fold.hpp"

#include <algorithm>
#include <set>

namespace celldrift::audit {
namespace {

using std::chrono::seconds;

// `helm upgrade`, `kubectl apply -f folder` and a sync write many objects within this.
constexpr seconds one_command(1);
// A script that goes through objects or cells, one command after the other, and does the same.
constexpr seconds one_script(60);

struct Edit {
  Indexes findings;
  std::string writer;
  std::string cell;
  Time time;
  std::string effect;        // what live has of it, and where in the object
  std::string whole_effect;  // the object and what Git wants as well
};

std::string effect_of(const Finding& finding) {
  // Of objects that were made there is nothing to compare but what they are.
  return finding.change
             ? key_of({finding.path_text, compare::describe(*finding.change), key_of(finding.have)})
             : shared_key(finding);
}

std::string edit_key(const Finding& finding) {
  const ObjectRef& object = finding.object;
  return key_of({finding.cells.front(),
                 finding.application,
                 object.api_version,
                 object.kind,
                 object.ns,
                 object.name,
                 writer_of(finding.changed_by),
                 format_time(*finding.changed_by->time)});
}

Edit edit_of(const std::vector<Finding>& findings, const Indexes& members) {
  const Finding& first = findings[members.front()];
  Edit edit{.findings = members,
            .writer = writer_of(first.changed_by),
            .cell = first.cells.front(),
            .time = *first.changed_by->time,
            .effect = "",
            .whole_effect = shared_key(first)};
  // Findings of one object are sorted by their paths.
  for (const std::size_t i : members) {
    edit.effect += effect_of(findings[i]);
    edit.whole_effect += effect_of(findings[i]) + key_of(findings[i].want);
  }
  return edit;
}

std::vector<Edit> edits_of(const std::vector<Finding>& findings, const Indexes& alone) {
  Indexes timed;
  std::ranges::copy_if(alone, std::back_inserter(timed), [&](std::size_t i) {
    const Finding& finding = findings[i];
    return (finding.category == Category::drift || finding.category == Category::extra) &&
           finding.changed_by && finding.changed_by->time;
  });
  std::vector<Edit> edits;
  for (const Indexes& members :
       by_key(timed, [&](std::size_t i) { return edit_key(findings[i]); })) {
    edits.push_back(edit_of(findings, members));
  }
  return edits;
}

Indexes all_of(const std::vector<Edit>& edits) {
  Indexes all(edits.size());
  for (std::size_t i = 0; i < all.size(); ++i) {
    all[i] = i;
  }
  return all;
}

// Joins edits of equal keys, each of which comes no later than `gap` after the one before.
template <class Key>
void join_bursts(const std::vector<Edit>& edits, seconds gap, Sets& sets, Key key) {
  for (Indexes& alike : by_key(all_of(edits), [&](std::size_t i) { return key(edits[i]); })) {
    std::ranges::stable_sort(alike, {}, [&](std::size_t i) { return edits[i].time; });
    for (std::size_t i = 1; i < alike.size(); ++i) {
      if (edits[alike[i]].time - edits[alike[i - 1]].time <= gap) {
        sets.join(alike[i - 1], alike[i]);
      }
    }
  }
}

// All that the edits of a set did, by whom, whatever the cell.
std::string whole_effect(const std::vector<Edit>& edits, const Indexes& set) {
  std::set<std::string> effects;
  for (const std::size_t i : set) {
    effects.insert(edits[i].whole_effect);
  }
  std::string key = edits[set.front()].writer;
  for (const std::string& effect : effects) {
    key += key_of({effect});
  }
  return key;
}

bool is_one_burst(const std::vector<Edit>& edits, const Indexes& set) {
  std::vector<Time> times;
  for (const std::size_t i : set) {
    times.push_back(edits[i].time);
  }
  std::ranges::sort(times);
  return std::ranges::adjacent_find(times, [](Time a, Time b) { return b - a > one_script; }) ==
         times.end();
}

Group group_of(const std::vector<Edit>& edits, const Indexes& set) {
  Group group{.kind = is_one_burst(edits, set) ? Cause::Kind::write : Cause::Kind::same_change,
              .members = {}};
  for (const std::size_t i : set) {
    group.members.insert(group.members.end(), edits[i].findings.begin(), edits[i].findings.end());
  }
  std::ranges::sort(group.members);
  return group;
}

}  // namespace

std::vector<Group> group_writes(const std::vector<Finding>& findings, const Indexes& alone) {
  const std::vector<Edit> edits = edits_of(findings, alone);
  Sets bursts(edits.size());
  join_bursts(edits, one_command, bursts, [](const Edit& edit) {
    return key_of({edit.writer, edit.cell});
  });
  join_bursts(edits, one_script, bursts, [](const Edit& edit) {
    return key_of({edit.writer, edit.effect});
  });
  // The same was done to the same objects of other cells, at whatever time.
  const std::vector<Indexes> sets = bursts.take();
  Indexes all(sets.size());
  for (std::size_t i = 0; i < all.size(); ++i) {
    all[i] = i;
  }
  std::vector<Group> groups;
  for (const Indexes& alike :
       by_key(all, [&](std::size_t i) { return whole_effect(edits, sets[i]); })) {
    Indexes members;
    for (const std::size_t i : alike) {
      members.insert(members.end(), sets[i].begin(), sets[i].end());
    }
    groups.push_back(group_of(edits, members));
  }
  return groups;
}

}  // namespace celldrift::audit
