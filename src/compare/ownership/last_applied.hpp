// What an ordinary, client-side apply (kubectl's, Argo CD's) last stated, by its annotation.
#pragma once

#include "celldrift/core/path.hpp"
#include "celldrift/core/value.hpp"

#include <algorithm>
#include <optional>

namespace celldrift::compare {

// Whether there is such an annotation.
bool has_last_applied(const Value& live);

// The object that it states; null when there is no such annotation, or when it is unreadable: it is
// whatever somebody wrote into it. Parses it anew each time.
Value read_last_applied(const Value& live);

// What it has at the path; nothing when it states nothing there.
std::optional<Value> last_applied_at(const Value& live, const Path& path);

// The first item of a list that satisfies `is`; nullptr when none does.
template <typename Is>
const Value* first_item(const Value& list, Is is) {
  const auto found = std::ranges::find_if(list.items(), is);
  return found == list.items().end() ? nullptr : &*found;
}

// The item of a stated list with these keys (pairs of name and value), as far as it states them:
// those that the server fills in (a port's protocol) need not be. nullptr when there is none.
template <typename Keys>
const Value* stated_item(const Value& list, const Keys& keys) {
  return first_item(list, [&](const Value& item) {
    bool any = false;
    for (const auto& [name, value] : keys) {
      const Value* stated = item.find(name);
      if (stated != nullptr && !(*stated == value)) {
        return false;
      }
      any = any || stated != nullptr;
    }
    return any;
  });
}

}  // namespace celldrift::compare
