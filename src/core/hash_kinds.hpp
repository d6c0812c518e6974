// Domains of hash_bytes, so that "1" the string and 1 the number never meet.
#pragma once

#include <cstdint>

namespace celldrift {

enum HashKind : std::uint64_t { hash_scalar = 1, hash_text, hash_list, hash_entry, hash_map };

}  // namespace celldrift
