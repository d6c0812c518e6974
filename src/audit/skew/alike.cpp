#include "audit/skew/alike.hpp"

#include "celldrift/audit/versions.hpp"

#include <algorithm>
#include <map>

namespace celldrift::audit {
namespace {

// Names that have the Application's in them are told with the component's in its place.
bool names_objects(const ComparedApplication& application) {
  return std::ranges::any_of(application.objects, [&](const compare::ObjectResult& result) {
    return has_word(result.key.name, application.application) ||
           has_word(result.key.ns, application.application);
  });
}

bool is_alike(const ComparedApplication& first, const ComparedApplication& other) {
  const bool same_name = first.application == other.application;
  return first.revisions == other.revisions && first.running == other.running &&
         (same_name || (!names_objects(first) && !names_objects(other)));
}

}  // namespace

std::vector<Applications> alike(const OfComponent& component) {
  std::vector<Applications> groups;
  const bool may_be_alike = is_one_in_each_cell(component.applications);
  std::map<const void*, std::vector<std::size_t>> by_list;
  for (const ComparedApplication* each : component.applications) {
    std::vector<std::size_t>& candidates = by_list[each->objects.identity()];
    const auto group = std::ranges::find_if(candidates, [&](std::size_t candidate) {
      return is_alike(*groups[candidate].front(), *each);
    });
    if (may_be_alike && group != candidates.end()) {
      groups[*group].push_back(each);
    } else {
      candidates.push_back(groups.size());
      groups.push_back({each});
    }
  }
  return groups;
}

}  // namespace celldrift::audit
