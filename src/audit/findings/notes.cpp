#include "audit/findings/notes.hpp"

#include "audit/findings/findings.hpp"
#include "audit/fold/places.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace celldrift::audit {
namespace {

using compare::Accepted;
using compare::ObjectResult;

// Five hundred autoscalers that each may scale their own Deployment are one note: of what is in a
// namespace ("Kind ns/name") only the kind counts. What two webhooks or policies do are two.
std::string kind_of(const std::string& by) {
  static constexpr std::string_view of_many_objects[] = {"webhook", "Kyverno", "Policy"};
  const std::string kind = by.substr(0, by.find(' '));
  const bool of_one = by.find('/', kind.size()) != by.npos && by.find(',') == by.npos &&
                      std::ranges::find(of_many_objects, kind) == std::end(of_many_objects);
  return of_one ? kind : by;
}

struct Gathered {
  std::set<std::string> by;
  std::set<std::string> reasons;
  Mark mark;
  const ComparedApplication* last = nullptr;  // whose mark that is: of all the last one
  std::size_t differences = 0;
  Places places;
};

// By rule, path, who, and the line of the rule.
using Key = std::tuple<std::string, std::string, std::string, std::string>;
using Notes = std::map<Key, Gathered>;

void gather(const HeldList& list,
            const ObjectResult& result,
            const Accepted& accepted,
            Notes& notes) {
  Gathered& note = notes[{accepted.rule,
                          accepted.difference.path.text(),
                          kind_of(accepted.by),
                          describe(accepted.mark)}];
  note.by.insert(accepted.by);
  note.reasons.insert(accepted.reason);
  if (note.last == nullptr || list.holders.back() >= note.last) {
    note.mark = accepted.mark;
    note.last = list.holders.back();
  }
  note.differences += list.holders.size();
  const ObjectRef object = ref_of(result);
  for (const ComparedApplication* holder : list.holders) {
    note.places.add(object, holder->cell);
  }
}

AcceptedNote note_of(const Key& key, const Gathered& gathered) {
  return {.rule = std::get<0>(key),
          .by = {gathered.by.begin(), gathered.by.end()},
          // A reason that names one object of many would be wrong for the others.
          .reason = gathered.reasons.size() == 1 ? *gathered.reasons.begin() : "",
          .path_text = std::get<1>(key),
          .source = gathered.mark,
          .differences = gathered.differences,
          .cells = gathered.places.cells(),
          .places = gathered.places.take()};
}

std::vector<AcceptedNote> notes_of(const std::vector<HeldList>& lists, Accepted::Kind kind) {
  Notes notes;
  for (const HeldList& list : lists) {
    for (const ObjectResult& result : list.objects) {
      for (const Accepted& accepted : result.accepted) {
        if (accepted.kind == kind) {
          gather(list, result, accepted, notes);
        }
      }
    }
  }
  std::vector<AcceptedNote> result;
  for (const auto& [key, gathered] : notes) {
    result.push_back(note_of(key, gathered));
  }
  return result;
}

std::size_t differences_in(const std::vector<AcceptedNote>& notes) {
  std::size_t total = 0;
  for (const AcceptedNote& note : notes) {
    total += note.differences;
  }
  return total;
}

}  // namespace

void add_notes(const std::vector<HeldList>& lists, Report& report) {
  report.by_right = notes_of(lists, Accepted::Kind::by_right);
  report.ignored = notes_of(lists, Accepted::Kind::ignored);
  report.summary.by_right = differences_in(report.by_right);
  report.summary.ignored = differences_in(report.ignored);
}

}  // namespace celldrift::audit
