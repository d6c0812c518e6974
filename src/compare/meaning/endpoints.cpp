#include "compare/meaning/endpoints.hpp"

#include <set>

namespace celldrift::compare {
namespace {

constexpr std::size_t max_pairs = 1 << 20;

// A port as the server keeps it.
Hash port_hash(const Value& port) {
  return (!port.is_map() || port.find("protocol") != nullptr
              ? port
              : port.with("protocol", Value::string("TCP")))
      .hash();
}

struct Pair {
  Hash address;
  Hash port;
  bool ready = true;
  auto operator<=>(const Pair&) const = default;
};

std::span<const Value> list_in(const Value& subset, std::string_view field) {
  const Value* list = subset.find(field);
  return list == nullptr ? std::span<const Value>{} : list->items();
}

// False when there are too many.
bool add_pairs(const Value& subset, bool ready, std::set<Pair>& pairs) {
  const auto ports = list_in(subset, "ports");
  const auto addresses = list_in(subset, ready ? "addresses" : "notReadyAddresses");
  if (ports.size() * addresses.size() > max_pairs - pairs.size()) {
    return false;
  }
  for (const Value& address : addresses) {
    for (const Value& port : ports) {
      pairs.insert({address.hash(), port_hash(port), ready});
    }
  }
  return true;
}

// Whether all pairs could be told: there is none for an address without ports.
bool expand(const Value& subsets, std::set<Pair>& pairs) {
  for (const Value& subset : subsets.items()) {
    if (list_in(subset, "ports").empty() || !add_pairs(subset, true, pairs) ||
        !add_pairs(subset, false, pairs)) {
      return false;
    }
  }
  return true;
}

}  // namespace

bool is_endpoint_subsets(const kube::Place& place) {
  return place.field == "subsets" && place.parent != nullptr &&
         place.parent->type.name == "io.k8s.api.core.v1.Endpoints";
}

bool same_endpoints(const Value& want, const Value& have) {
  std::set<Pair> wanted;
  std::set<Pair> had;
  return want.is_list() && have.is_list() && expand(want, wanted) && expand(have, had) &&
         wanted == had;
}

}  // namespace celldrift::compare
