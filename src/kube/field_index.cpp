#include "kube/field_index.hpp"

#include <bit>

namespace celldrift::kube {

std::vector<FieldSlot> index_by_hash(std::span<const Field> fields) {
  std::vector<FieldSlot> slots(std::bit_ceil(2 * fields.size() + 1));
  const std::size_t mask = slots.size() - 1;
  for (const Field& field : fields) {
    const Hash name = SharedString(field.name).hash();
    std::size_t i = name.low & mask;
    while (slots[i].field != nullptr) {
      i = (i + 1) & mask;
    }
    slots[i] = {name, &field};
  }
  return slots;
}

}  // namespace celldrift::kube
