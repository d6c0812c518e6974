#include "cli/wanted_together.hpp"

#include "celldrift/audit/running.hpp"
#include "cli/likeness.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace celldrift::cli {
namespace {

void add(const std::vector<Placed>& placed, Likeness& likeness) {
  likeness.number(placed.size());
  for (const Placed& each : placed) {
    likeness.address(each.objects.identity()).text(each.application->destination_namespace);
  }
}

std::vector<PlacedObjects> lists_of_both(const std::vector<Placed>& placed,
                                         const std::vector<Placed>& next) {
  std::vector<PlacedObjects> lists = lists_of(placed);
  std::ranges::move(lists_of(next), std::back_inserter(lists));
  return lists;
}

}  // namespace

std::shared_ptr<const WantedTogether> wanted_together(const std::vector<Placed>& placed,
                                                      const std::vector<Placed>& next,
                                                      const std::function<observe::Wants()>& wants,
                                                      WantedByCells& known) {
  Likeness all(Question::wants);
  add(placed, all);
  add(next, all);
  const Hash likeness = all.sum();
  if (auto found = known.find(likeness)) {
    return found;
  }
  WantedTogether together{.likeness = likeness,
                          .wants = wants(),
                          .keys = wanted_keys(placed),
                          .definitions = definitions_in(placed),
                          .lists = lists_of_both(placed, next)};
  for (const Placed& each : placed) {
    together.namespaces.insert(each.application->destination_namespace);
    for (const auto& [key, object] : each.objects) {
      if (audit::has_pods(key.group_kind())) {
        together.with_pods.insert(key.ns);
      }
      const bool is_new = together.stated.insert(key).second;
      together.some_twice = together.some_twice || !is_new;
    }
  }
  together.namespaces.erase("");
  return known.add(likeness, std::make_shared<const WantedTogether>(std::move(together)));
}

}  // namespace celldrift::cli
