#include "audit/gate/objections.hpp"

#include <algorithm>
#include <map>
#include <tuple>

namespace celldrift::audit {
namespace {

auto order_of(const Objection& objection) {
  const ObjectRef& object = objection.object;
  return std::tie(objection.action,
                  objection.reason,
                  objection.component,
                  object.kind,
                  object.ns,
                  object.name,
                  objection.path_text,
                  objection.message,
                  objection.cells,
                  objection.application);
}

// What is to be said once for all cells that it is so in. Applications of several cells differ in
// their names.
auto sameness_of(const Objection& objection) {
  const ObjectRef& object = objection.object;
  return std::tuple(objection.reason,
                    objection.component,
                    object.api_version,
                    object.kind,
                    object.ns,
                    object.name,
                    objection.path_text,
                    objection.message);
}

void merge(Objection& into, const Objection& more) {
  into.cells.insert(into.cells.end(), more.cells.begin(), more.cells.end());
  if (into.application != more.application) {
    into.application.clear();
    into.fingerprint.clear();
  }
}

void make_sorted(std::vector<std::string>& names) {
  std::ranges::sort(names);
  names.erase(std::ranges::unique(names).begin(), names.end());
}

}  // namespace

Objection objection_to(GateReason reason, const GateApplication& application, std::string message) {
  return {.reason = reason,
          .cells = {application.cell},
          .component = application.component,
          .application = application.application,
          .message = std::move(message)};
}

Objection objection_to(GateReason reason,
                       const GateApplication& application,
                       const ObjectRef& object,
                       std::string message) {
  Objection objection = objection_to(reason, application, std::move(message));
  objection.object = object;
  return objection;
}

std::vector<Objection> settle(std::vector<Objection> objections, const GatePolicy& policy) {
  for (Objection& objection : objections) {
    const auto action = policy.find(objection.reason);
    objection.action = action == policy.end() ? GateAction::block : action->second;
  }
  std::erase_if(objections,
                [](const Objection& each) { return each.action == GateAction::ignore; });
  std::ranges::stable_sort(objections, {}, order_of);
  std::vector<Objection> settled;
  std::map<decltype(sameness_of(Objection{})), std::size_t> known;
  for (Objection& objection : objections) {
    const auto [place, is_new] = known.emplace(sameness_of(objection), settled.size());
    if (is_new) {
      settled.push_back(std::move(objection));
    } else {
      merge(settled[place->second], objection);
    }
  }
  for (Objection& objection : settled) {
    make_sorted(objection.cells);
  }
  return settled;
}

}  // namespace celldrift::audit
