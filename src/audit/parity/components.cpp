#include "audit/parity/components.hpp"

#include "audit/by_component.hpp"
#include "audit/parity/parameters.hpp"

#include <algorithm>
#include <map>
#include <mutex>
#include <tuple>
#include <utility>

namespace celldrift::audit {
namespace {

using compare::ObjectResult;
using compare::Status;

template <class Item>
std::map<std::string_view, const Item*> by_name(const std::vector<Item>& items) {
  std::map<std::string_view, const Item*> found;
  for (const Item& item : items) {
    found.emplace(item.name, &item);
  }
  return found;
}

template <class Map>
auto value_or_null(const Map& map, const typename Map::key_type& key) {
  const auto found = map.find(key);
  return found == map.end() ? typename Map::mapped_type{} : found->second;
}

// What is known of the cells of members.
class CellsByName {
 public:
  explicit CellsByName(const Input& input)
      : cells_(by_name(input.cells)), known_(by_name(input.known)) {}

  Member member(const ComparedApplication& application) const {
    return {.application = &application,
            .known = value_or_null(known_, application.cell),
            .summary = value_or_null(cells_, application.cell)};
  }

 private:
  std::map<std::string_view, const CellSummary*> cells_;
  std::map<std::string_view, const KnownCell*> known_;
};

bool is_one_of(const std::string& cell, const std::vector<std::string>& only) {
  return only.empty() || std::ranges::find(only, cell) != only.end();
}

}  // namespace

// What Git says of Applications. Looked up by who needs it, and by few: made when the first does.
class ExpectedByName {
 public:
  explicit ExpectedByName(const std::vector<Expected>& expected) : expected_(expected) {}

  // nullptr where it is not known. Several threads may ask.
  const Expected* find(const ComparedApplication& application) const {
    std::call_once(once_, [&] { index(); });
    return value_or_null(places_, {application.cell, application.application});
  }

 private:
  void index() const {
    for (const Expected& each : expected_) {
      places_.emplace(Place(each.cell, each.application), &each);
    }
  }

  using Place = std::pair<std::string_view, std::string_view>;

  const std::vector<Expected>& expected_;
  mutable std::once_flag once_;
  mutable std::map<Place, const Expected*> places_;
};

namespace {

Parameters parameters_of(const Member& member, const ExpectedByName& expected) {
  const ComparedApplication& application = *member.application;
  CellSummary summary;
  summary.name = application.cell;
  Expected least;
  least.application = application.application;
  const Expected* found = expected.find(application);
  return parameters_of(member.summary != nullptr ? *member.summary : summary,
                       member.known,
                       found != nullptr ? *found : least);
}

// What is not alone in its cell is left out.
std::vector<Member> members_of(const Applications& applications,
                               const CellsByName& cells,
                               const std::vector<std::string>& only) {
  std::vector<Member> members;
  for (std::size_t i = 0; i < applications.size(); ++i) {
    const std::string& cell = applications[i]->cell;
    const bool is_alone = (i == 0 || applications[i - 1]->cell != cell) &&
                          (i + 1 == applications.size() || applications[i + 1]->cell != cell);
    if (is_alone && is_one_of(cell, only)) {
      members.push_back(cells.member(*applications[i]));
    }
  }
  return members;
}

std::size_t count_cells(const Applications& applications, const std::vector<std::string>& only) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < applications.size(); ++i) {
    const std::string& cell = applications[i]->cell;
    count += (i == 0 || applications[i - 1]->cell != cell) && is_one_of(cell, only) ? 1 : 0;
  }
  return count;
}

// Lined up by kind, namespace and name.
using Name = std::tuple<std::string, std::string, std::string, std::string>;
using RawName = std::tuple<std::string_view, std::string_view, std::string_view, std::string_view>;
template <class Key>
using Lines = std::map<Key, std::vector<Line::Side>>;

bool is_comparable(const ObjectResult& result) {
  return (result.status == Status::equal || result.status == Status::drifted) &&
         !result.live.is_null();
}

Lines<RawName> by_raw_name(const Component& component) {
  Lines<RawName> lines;
  for (std::size_t i = 0; i < component.members().size(); ++i) {
    for (const ObjectResult& result : component.members()[i].application->objects) {
      if (is_comparable(result)) {
        const ObjectKey& key = result.key;
        lines[{key.group, key.kind, key.ns, key.name}].push_back({i, &result});
      }
    }
  }
  return lines;
}

Name abstract_name(const Component& component, const Line::Side& side) {
  const ObjectKey& key = side.result->key;
  return {key.group,
          key.kind,
          component.abstraction().text(side.member, key.ns),
          component.abstraction().text(side.member, key.name)};
}

// A member that has two such objects has none: which is which cannot be told.
std::vector<Line::Side> unambiguous(std::vector<Line::Side> sides) {
  std::ranges::stable_sort(sides, {}, &Line::Side::member);
  std::map<std::size_t, std::size_t> counts;
  for (const Line::Side& side : sides) {
    ++counts[side.member];
  }
  std::erase_if(sides, [&](const Line::Side& side) { return counts.at(side.member) > 1; });
  return sides;
}

ObjectRef shared_ref(const Name& name, const ObjectResult& first) {
  return {.api_version = first.api_version,
          .kind = std::get<1>(name),
          .ns = std::get<2>(name),
          .name = std::get<3>(name)};
}

}  // namespace

const Abstraction& Component::abstraction() const {
  if (!abstraction_) {
    std::vector<Parameters> parameters;
    for (const Member& member : members_) {
      parameters.push_back(parameters_of(member, *expected_));
    }
    abstraction_.emplace(parameters);
  }
  return *abstraction_;
}

std::vector<Component> components_of(const Input& input, const std::vector<std::string>& only) {
  const CellsByName cells(input);
  const auto expected = std::make_shared<const ExpectedByName>(input.expected);
  std::vector<Component> components;
  for (const OfComponent& each : by_component(input.applications)) {
    if (count_cells(each.applications, only) > 1) {
      components.emplace_back(
          std::string(each.component), members_of(each.applications, cells, only), expected);
    }
  }
  return components;
}

std::vector<Line> lines_of(const Component& component) {
  Lines<RawName> raw = by_raw_name(component);
  Lines<Name> lines;
  for (auto& [name, sides] : raw) {
    if (sides.size() == component.members().size()) {
      lines[Name(name)] = std::move(sides);
    } else {
      for (const Line::Side& side : sides) {
        lines[abstract_name(component, side)].push_back(side);
      }
    }
  }
  std::vector<Line> result;
  for (auto& [name, sides] : lines) {
    Line line{.sides = unambiguous(std::move(sides)), .shared = {}};
    if (line.sides.size() > 1) {
      line.shared = shared_ref(name, *line.sides.front().result);
      result.push_back(std::move(line));
    }
  }
  return result;
}

}  // namespace celldrift::audit
