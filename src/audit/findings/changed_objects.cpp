#include "audit/findings/changed_objects.hpp"

#include "audit/findings/apply.hpp"
#include "audit/findings/findings.hpp"
#include "audit/fold/groups.hpp"

namespace celldrift::audit {
namespace {

using compare::ObjectResult;
using compare::Status;

std::string place_key(const std::string& cell,
                      const std::string& application,
                      const ObjectRef& object) {
  return key_of({cell, application, object.api_version, object.kind, object.ns, object.name});
}

Value live_side(const ObjectResult& result) {
  switch (result.status) {
    case Status::drifted:
      return with_differences(result.desired, result.differences);
    case Status::extra:
      return compare::without_own(result.live);  // what somebody may have stated
    case Status::equal:
    case Status::missing:
    case Status::unknown:
      break;
  }
  return {};
}

using Results = std::map<std::string, std::pair<const ComparedApplication*, const ObjectResult*>>;

Results results_of(const std::vector<ComparedApplication>& applications) {
  Results results;
  for (const ComparedApplication& application : applications) {
    for (const ObjectResult& result : application.objects) {
      if (result.status != Status::equal && result.status != Status::unknown) {
        results.emplace(place_key(application.cell, application.application, ref_of(result)),
                        std::pair(&application, &result));
      }
    }
  }
  return results;
}

// Other findings are about several cells, or about none.
bool is_of_an_object(Category category) {
  return category == Category::drift || category == Category::missing ||
         category == Category::extra;
}

}  // namespace

std::vector<ChangedObject> changed_objects(const std::vector<ComparedApplication>& applications,
                                           const std::vector<Finding>& findings) {
  const Results results = results_of(applications);
  std::map<std::string, std::size_t> places;
  std::vector<ChangedObject> objects;
  for (const Finding& finding : findings) {
    if (!is_of_an_object(finding.category)) {
      continue;
    }
    const std::string key = place_key(finding.cells.front(), finding.application, finding.object);
    const auto found = results.find(key);
    if (found == results.end()) {
      continue;  // a second opinion on an object that is equal: there is no change to show
    }
    const auto& [application, result] = found->second;
    const auto [place, is_new] = places.emplace(key, objects.size());
    if (is_new) {
      objects.push_back({.object = finding.object,
                         .cell = application->cell,
                         .component = application->component,
                         .application = application->application,
                         .desired = result->desired,
                         .live = live_side(*result),
                         .findings = {}});
    }
    objects[place->second].findings.push_back(finding.fingerprint);
  }
  return objects;
}

}  // namespace celldrift::audit
