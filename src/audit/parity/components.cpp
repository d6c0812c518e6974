#include "audit/parity/components.hpp"

#include "audit/findings/findings.hpp"
#include "audit/parity/parameters.hpp"
#include "celldrift/core/parallel.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

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

// What the members' parameters are looked up in.
class Facts {
 public:
  explicit Facts(const Input& input) : cells_(by_name(input.cells)), known_(by_name(input.known)) {
    for (const Expected& expected : input.expected) {
      expected_.emplace(std::pair(expected.cell, expected.application), &expected);
    }
  }

  Member member(const ComparedApplication& application) const {
    return {.application = &application,
            .known = value_or_null(known_, application.cell),
            .summary = value_or_null(cells_, application.cell)};
  }

  Parameters parameters(const Member& member) const {
    const ComparedApplication& application = *member.application;
    CellSummary summary;
    summary.name = application.cell;
    const Expected* expected =
        value_or_null(expected_, std::pair(application.cell, application.application));
    Expected least;
    least.application = application.application;
    return parameters_of(member.summary != nullptr ? *member.summary : summary,
                         member.known,
                         expected != nullptr ? *expected : least);
  }

 private:
  std::map<std::string_view, const CellSummary*> cells_;
  std::map<std::string_view, const KnownCell*> known_;
  std::map<std::pair<std::string, std::string>, const Expected*> expected_;
};

using InCells = std::map<std::string, std::vector<const ComparedApplication*>>;

std::map<std::string, InCells> grouped(const Input& input, const std::vector<std::string>& only) {
  std::map<std::string, InCells> components;
  for (const ComparedApplication& application : input.applications) {
    if (only.empty() || std::ranges::find(only, application.cell) != only.end()) {
      components[application.component][application.cell].push_back(&application);
    }
  }
  return components;
}

Component component_of(const std::string& name, const InCells& cells, const Facts& facts) {
  Component component{.name = name, .members = {}, .abstraction = {}};
  std::vector<Parameters> parameters;
  for (const auto& [cell, applications] : cells) {
    if (applications.size() == 1) {
      component.members.push_back(facts.member(*applications.front()));
      parameters.push_back(facts.parameters(component.members.back()));
    }
  }
  component.abstraction = Abstraction(parameters);
  return component;
}

// Lined up by kind, namespace and name.
using Name = std::tuple<std::string, std::string, std::string, std::string>;
using Lines = std::map<Name, std::vector<Line::Side>>;

bool is_comparable(const ObjectResult& result) {
  return (result.status == Status::equal || result.status == Status::drifted) &&
         !result.live.is_null();
}

Lines by_raw_name(const Component& component) {
  Lines lines;
  for (std::size_t i = 0; i < component.members.size(); ++i) {
    for (const ObjectResult& result : component.members[i].application->objects) {
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
          component.abstraction.text(side.member, key.ns),
          component.abstraction.text(side.member, key.name)};
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

std::vector<Component> components_of(const Input& input, const std::vector<std::string>& only) {
  const Facts facts(input);
  std::map<std::string, InCells> groups = grouped(input, only);
  std::erase_if(groups, [](const auto& group) { return group.second.size() < 2; });
  std::vector<const std::pair<const std::string, InCells>*> of_each;
  for (const auto& group : groups) {
    of_each.push_back(&group);
  }
  std::vector<Component> components(of_each.size());
  for_each_index(of_each.size(), 0, [&](std::size_t i) {
    components[i] = component_of(of_each[i]->first, of_each[i]->second, facts);
  });
  return components;
}

std::vector<Line> lines_of(const Component& component) {
  Lines raw = by_raw_name(component);
  Lines lines;
  for (auto& [name, sides] : raw) {
    if (sides.size() == component.members.size()) {
      lines[name] = std::move(sides);
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
