#include "compare/meaning/dropped.hpp"

#include <algorithm>

namespace celldrift::compare {
namespace {

// A field that is kept only where a sibling has a value.
struct Kept {
  std::string_view structure;
  std::string_view field;
  std::string_view sibling;
  std::string_view value;
};
// Seen on kube-apiserver 1.35.1.
constexpr Kept kept_fields[] = {
    {"io.k8s.api.core.v1.ServiceSpec", "sessionAffinityConfig", "sessionAffinity", "ClientIP"},
};

}  // namespace

bool is_dropped(const kube::Place& parent, std::string_view field) {
  return std::ranges::any_of(kept_fields, [&](const Kept& each) {
    return each.field == field && each.structure == parent.type.name &&
           parent.live.string_at({each.sibling}) != each.value;
  });
}

}  // namespace celldrift::compare
