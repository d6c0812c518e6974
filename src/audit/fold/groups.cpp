#include "audit/fold/groups.hpp"

#include "celldrift/audit/names.hpp"

#include <numeric>

namespace celldrift::audit {

Sets::Sets(std::size_t size) : parent_(size) {
  std::iota(parent_.begin(), parent_.end(), std::size_t(0));
}

std::size_t Sets::root(std::size_t member) {
  while (parent_[member] != member) {
    parent_[member] = parent_[parent_[member]];
    member = parent_[member];
  }
  return member;
}

void Sets::join(std::size_t a, std::size_t b) {
  const std::size_t first = root(a);
  const std::size_t second = root(b);
  parent_[std::max(first, second)] = std::min(first, second);
}

std::vector<Indexes> Sets::take() {
  std::vector<std::size_t> place(parent_.size());
  std::vector<Indexes> sets;
  for (std::size_t member = 0; member < parent_.size(); ++member) {
    if (root(member) == member) {
      place[member] = sets.size();
      sets.emplace_back();
    }
    sets[place[root(member)]].push_back(member);
  }
  return sets;
}

std::string key_of(std::initializer_list<std::string_view> parts) {
  std::string key;
  for (const std::string_view part : parts) {
    key += std::to_string(part.size());
    key += ':';
    key += part;
  }
  return key;
}

std::string key_of(const std::optional<Value>& value) {
  if (!value) {
    return "";
  }
  const Hash hash = value->hash();
  return std::to_string(int(value->kind())) + " " + std::to_string(hash.high) + " " +
         std::to_string(hash.low);
}

std::string writer_of(const std::optional<compare::Owner>& owner) {
  return owner ? key_of({owner->manager, owner->operation, owner->subresource}) : "";
}

std::string key_of(const std::vector<ValueGroup>& values) {
  std::string key;
  for (const ValueGroup& group : values) {
    key += key_of({key_of(std::optional(group.value))});
    for (const std::string& cell : group.cells) {
      key += key_of({cell});
    }
    key += ";";
  }
  return key;
}

std::string shared_key(const Finding& finding) {
  const ObjectRef object = shared_object(finding);
  return key_of({finding.component, object.api_version, object.kind, object.ns, object.name});
}

}  // namespace celldrift::audit
