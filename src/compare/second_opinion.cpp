#include "celldrift/compare/second_opinion.hpp"

#include "celldrift/compare/match.hpp"
#include "compare/walk/item_keys.hpp"

#include <algorithm>
#include <map>

namespace celldrift::compare {
namespace {

// What is at one place of the three: as Git states it, as it would be, as it is.
struct Three {
  const Value& stated;
  const Value* applied;
  const Value* live;
};

bool same(const Value* a, const Value* b) {
  const bool nothing_a = a == nullptr || a->is_null();
  const bool nothing_b = b == nullptr || b->is_null();
  return nothing_a || nothing_b ? nothing_a == nothing_b : *a == *b;
}

// Collects what an apply would change at the paths that Git states.
class Changes {
 public:
  std::vector<Disagreement> of(const Three& root, const kube::Type& type) {
    fields(root, {.live = *root.live, .type = type}, Path());
    return std::move(found_);
  }

 private:
  void node(const Three& at, const kube::Place& place, const Path& path) {
    if (same(at.applied, at.live) || at.stated.is_null()) {
      return;
    }
    const bool both = at.applied != nullptr && at.live != nullptr;
    if (both && at.stated.is_map() && at.applied->is_map() && at.live->is_map()) {
      fields(at, place, path);
    } else if (!both || !at.stated.is_list() || !items(at, place, path)) {
      add(at, path);
    }
  }

  void fields(const Three& at, const kube::Place& place, const Path& path) {
    for (const Value::Entry& entry : at.stated.entries()) {
      if (kube::server_field(place, entry.key)) {
        continue;
      }
      const Value* live = at.live->find(entry.key);
      const kube::Place inner{.live = live != nullptr ? *live : nothing_,
                              .type = *place.type.field(entry.key),
                              .field = entry.key,
                              .parent = &place};
      node({entry.value, at.applied->find(entry.key), live}, inner, path / entry.key.view());
    }
  }

  // False when the items cannot be told apart: then the list is one value.
  bool items(const Three& at, const kube::Place& place, const Path& path) {
    if (place.type.list_kind != kube::ListKind::keyed || !at.applied->is_list() ||
        !at.live->is_list()) {
      return false;
    }
    const auto stated = keys_at(at.stated, place);
    const auto applied = keys_at(*at.applied, place);
    const auto live = keys_at(*at.live, place);
    if (!stated || !applied || !live) {
      return false;
    }
    ItemIndex in_applied(*applied);
    ItemIndex in_live(*live);
    for (std::size_t i = 0; i < stated->size(); ++i) {
      const ItemKey& key = (*stated)[i];
      const kube::Place stated_item{
          .live = at.stated.items()[i], .type = *place.type.item(), .parent = &place};
      const auto index = in_live.find(key, i);
      item({at.stated.items()[i],
            item_at(*at.applied, in_applied.find(key, i)),
            item_at(*at.live, index)},
           place,
           path / item_step(keys_of(stated_item, place.type), index));
    }
    return true;
  }

  void item(const Three& at, const kube::Place& list, const Path& path) {
    node(at,
         {.live = at.live != nullptr ? *at.live : nothing_,
          .type = *list.type.item(),
          .parent = &list},
         path);
  }

  static std::optional<std::vector<ItemKey>> keys_at(const Value& list, const kube::Place& place) {
    const kube::Place at{
        .live = list, .type = place.type, .field = place.field, .parent = place.parent};
    return keys_of_items(at);
  }

  static const Value* item_at(const Value& list, std::optional<std::size_t> index) {
    return index ? &list.items()[*index] : nullptr;
  }

  static Path::Item item_step(const Value& keys, std::optional<std::size_t> index) {
    Path::Item step{.keys = {}, .index = index};
    for (const Value::Entry& entry : keys.entries()) {
      step.keys.emplace_back(entry.key.str(), entry.value);
    }
    return step;
  }

  void add(const Three& at, const Path& path) {
    Disagreement change{.kind = Disagreement::Kind::would_change, .path = path};
    change.mark = at.stated.mark();
    if (at.applied != nullptr) {
      change.want = *at.applied;
    }
    if (at.live != nullptr) {
      change.have = *at.live;
    }
    found_.push_back(std::move(change));
  }

  const Value nothing_;
  std::vector<Disagreement> found_;
};

// True when one path is the other or leads to it. Where an item was last seen does not matter.
bool overlap(const Path& a, const Path& b) {
  const auto same_step = [](const Path::Step& one, const Path::Step& other) {
    const auto* item = std::get_if<Path::Item>(&one);
    const auto* other_item = std::get_if<Path::Item>(&other);
    return item != nullptr && other_item != nullptr ? item->keys == other_item->keys : one == other;
  };
  const std::size_t shared = std::min(a.steps().size(), b.steps().size());
  return std::equal(
      a.steps().begin(), a.steps().begin() + std::ptrdiff_t(shared), b.steps().begin(), same_step);
}

bool is_found(const ObjectResult& compared, const Path& path) {
  const auto found = [&](const Difference& difference) { return overlap(difference.path, path); };
  return std::ranges::any_of(compared.differences, found) ||
         std::ranges::any_of(compared.accepted, found, &Accepted::difference);
}

Disagreement staying(const Difference& difference) {
  return {.kind = Disagreement::Kind::would_stay,
          .path = difference.path,
          .want = difference.want,
          .have = difference.have,
          .mark = difference.mark};
}

}  // namespace

std::vector<Disagreement> second_opinion(const ObjectResult& compared,
                                         const Value& applied,
                                         const kube::Schema& schema) {
  const kube::Type& type =
      schema.type_of(compared.desired.string_at({"apiVersion"}), compared.key.kind);
  const std::vector<Disagreement> changes =
      Changes().of({compared.desired, &applied, &compared.live}, type);
  std::vector<Disagreement> apart;
  std::ranges::copy_if(changes, std::back_inserter(apart), [&](const Disagreement& change) {
    return !is_found(compared, change.path);
  });
  for (const Difference& difference : compared.differences) {
    const bool is_stated = difference.change != Change::added;
    if (is_stated && std::ranges::none_of(changes, [&](const Disagreement& change) {
          return overlap(change.path, difference.path);
        })) {
      apart.push_back(staying(difference));
    }
  }
  return apart;
}

}  // namespace celldrift::compare
