// Objects that are nobody's, in some cells of a component and not in others.
#include "audit/findings/fingerprint.hpp"
#include "audit/parity/cells.hpp"
#include "audit/parity/parity.hpp"
#include "audit/wording.hpp"
#include "celldrift/audit/names.hpp"
#include "celldrift/core/object.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace celldrift::audit {
namespace {

// A namespace in which the cells' Applications put objects.
struct Room {
  std::string component;                     // the first of those that go there
  std::map<std::size_t, std::string> names;  // cell -> what it calls the namespace
};

std::map<std::string, Room> rooms_of(const Input& input, const Cells& cells) {
  std::map<std::string, std::size_t> places;
  for (std::size_t i = 0; i < cells.all().size(); ++i) {
    places.emplace(cells.all()[i].name, i);
  }
  std::map<std::string, Room> rooms;
  for (const Expected& expected : input.expected) {
    const auto place = places.find(expected.cell);
    if (place != places.end() && !expected.ns.empty()) {
      Room& room = rooms[cells.text(place->second, expected.ns)];
      const bool is_first = room.component.empty() || expected.component < room.component;
      room.component = is_first ? expected.component : room.component;
      room.names.emplace(place->second, expected.ns);
    }
  }
  return rooms;
}

// group, kind, namespace, name; the latter two with what is the cells' own taken out
using Name = std::tuple<std::string, std::string, std::string, std::string>;
using Found = std::map<Name, std::map<std::size_t, const LooseObject*>>;

Found loose_objects(const Cells& cells) {
  Found found;
  for (std::size_t i = 0; i < cells.all().size(); ++i) {
    for (const LooseObject& loose : cells.all()[i].loose) {
      const ObjectRef& object = loose.object;
      found[{std::string(group_of(object.api_version)),
             object.kind,
             cells.text(i, object.ns),
             cells.text(i, object.name)}]
          .emplace(i, &loose);
    }
  }
  return found;
}

// The cells in which Applications want such an object: there it is theirs.
std::map<Name, std::set<std::size_t>> wanted(const Input& input,
                                             const Cells& cells,
                                             const Found& found) {
  std::set<std::pair<std::string, std::string>> kinds;
  for (const auto& [name, objects] : found) {
    kinds.emplace(std::get<0>(name), std::get<1>(name));
  }
  std::map<std::string_view, std::size_t> places;
  for (std::size_t i = 0; i < cells.all().size(); ++i) {
    places.emplace(cells.all()[i].name, i);
  }
  std::map<Name, std::set<std::size_t>> result;
  for (const ComparedApplication& application : input.applications) {
    const auto place = places.find(application.cell);
    for (const compare::ObjectResult& object : application.objects) {
      const ObjectKey& key = object.key;
      if (place != places.end() && kinds.contains({key.group, key.kind})) {
        result[{key.group,
                key.kind,
                cells.text(place->second, key.ns),
                cells.text(place->second, key.name)}]
            .insert(place->second);
      }
    }
  }
  return result;
}

bool was_read(const KnownCell& cell, const GroupKind& kind, const std::string& ns) {
  const auto found = cell.read.find(kind);
  return found != cell.read.end() && (!found->second || found->second->contains(ns));
}

// Whether cells have the object: those of which it is not known are in no group.
std::vector<ValueGroup> groups_of(const Name& name,
                                  const Room& room,
                                  const std::map<std::size_t, const LooseObject*>& found,
                                  const std::set<std::size_t>& wanted,
                                  const Cells& cells) {
  const GroupKind kind{std::get<0>(name), std::get<1>(name)};
  ValueGroup with{.value = Value::string("there"), .cells = {}};
  ValueGroup without;
  for (const auto& [cell, ns] : room.names) {
    if (found.contains(cell)) {
      with.cells.push_back(cells.all()[cell].name);
    } else if (!wanted.contains(cell) && was_read(cells.all()[cell], kind, ns)) {
      without.cells.push_back(cells.all()[cell].name);
    }
  }
  std::vector<ValueGroup> groups{std::move(with), std::move(without)};
  for (ValueGroup& group : groups) {
    std::ranges::sort(group.cells);
  }
  std::ranges::stable_sort(
      groups, std::greater{}, [](const ValueGroup& g) { return g.cells.size(); });
  std::erase_if(groups, [](const ValueGroup& group) { return group.cells.empty(); });
  return groups;
}

std::string sentence(const Finding& finding) {
  const bool first_has = !finding.values[0].value.is_null();
  const auto& with = finding.values[first_has ? 0 : 1].cells;
  const auto& without = finding.values[first_has ? 1 : 0].cells;
  return finding.subject + " is in " + cells_text(with) + " and not in " + cells_text(without) +
         "; no Application wants it";
}

Finding finding_of(const Name& name,
                   const Room& room,
                   const LooseObject& loose,
                   std::vector<ValueGroup> groups) {
  Finding finding;
  finding.rule = "parity/object";
  finding.category = Category::parity;
  // A name that says nothing may be an operator's.
  const bool is_known = loose.maker && loose.maker->kind != compare::ManagerClass::unknown;
  finding.severity = is_known ? Severity::warning : Severity::note;
  finding.component = room.component;
  finding.object = loose.object;
  finding.values = std::move(groups);
  finding.cells = out_of_line(finding.values);
  finding.changed_by = loose.maker;
  finding.owner_unknown = !loose.maker;
  ObjectRef shared = loose.object;
  shared.ns = std::get<2>(name);
  shared.name = std::get<3>(name);
  finding.subject = describe(shared);
  finding.message = sentence(finding);
  finding.fingerprint = fingerprint({finding.rule,
                                     room.component,
                                     std::get<0>(name),
                                     std::get<1>(name),
                                     std::get<2>(name),
                                     std::get<3>(name)});
  return finding;
}

// In the order of cells' names, whatever the order of the input.
const LooseObject& first_of(const std::map<std::size_t, const LooseObject*>& found,
                            const Cells& cells) {
  return *std::ranges::min_element(found, {}, [&](const auto& each) {
            return std::string_view(cells.all()[each.first].name);
          })->second;
}

}  // namespace

std::vector<Finding> object_parity(const Input& input) {
  std::vector<Finding> findings;
  if (!input.unknown_applications.empty()) {
    return findings;  // what is nobody's is not known
  }
  const Cells cells(input);
  const Found all_loose = loose_objects(cells);
  if (all_loose.empty()) {
    return findings;
  }
  const std::map<std::string, Room> rooms = rooms_of(input, cells);
  const std::map<Name, std::set<std::size_t>> wanted_in = wanted(input, cells, all_loose);
  const std::set<std::size_t> nowhere;
  for (const auto& [name, found] : all_loose) {
    const auto in = wanted_in.find(name);
    const auto room = rooms.find(std::get<2>(name));
    if (room == rooms.end()) {
      continue;
    }
    std::vector<ValueGroup> groups =
        groups_of(name, room->second, found, in == wanted_in.end() ? nowhere : in->second, cells);
    if (groups.size() > 1) {
      findings.push_back(finding_of(name, room->second, first_of(found, cells), std::move(groups)));
    }
  }
  return findings;
}

}  // namespace celldrift::audit
