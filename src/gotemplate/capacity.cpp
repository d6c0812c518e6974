#include "celldrift/gotemplate/capacity.hpp"

#include <algorithm>
#include <iterator>

namespace celldrift::gotemplate {
namespace {

struct Item {
  std::size_t bytes;
  bool pointers;  // the garbage collector's notes precede larger blocks of such items
};

Item item_of(const Type& type) {
  switch (type.kind) {
    case Kind::slice:
      return {24, true};
    case Kind::interface:
    case Kind::string:
      return {16, true};
    case Kind::map:
    case Kind::pointer:
      return {8, true};
    case Kind::uint8:
      return {1, false};
    default:
      return {8, false};
  }
}

// Of Go's allocator.
constexpr std::size_t size_classes[] = {
    8,     16,    24,    32,    48,    64,    80,    96,    112,   128,   144,  160,   176,   192,
    208,   224,   240,   256,   288,   320,   352,   384,   416,   448,   480,  512,   576,   640,
    704,   768,   896,   1024,  1152,  1280,  1408,  1536,  1792,  2048,  2304, 2688,  3072,  3200,
    3456,  4096,  4864,  5376,  6144,  6528,  6784,  6912,  8192,  9472,  9728, 10240, 10880, 12288,
    13568, 14336, 16384, 18432, 19072, 20480, 21760, 24576, 27264, 28672, 32768};
constexpr std::size_t page = 8192;
constexpr std::size_t notes = 8;
constexpr std::size_t largest_without_notes = 512;

std::size_t rounded_up(std::size_t bytes, bool pointers) {
  if (bytes > size_classes[std::size(size_classes) - 1] - notes) {
    return (bytes + page - 1) / page * page;
  }
  const std::size_t before = pointers && bytes > largest_without_notes ? notes : 0;
  return *std::ranges::lower_bound(size_classes, bytes + before) - before;
}

// How many items append asks the allocator for.
std::size_t wanted(std::size_t capacity, std::size_t length) {
  constexpr std::size_t doubled_below = 256;
  if (length > 2 * capacity) {
    return length;
  }
  if (capacity < doubled_below) {
    return 2 * capacity;
  }
  while (capacity < length) {
    capacity += (capacity + 3 * doubled_below) / 4;
  }
  return capacity;
}

}  // namespace

std::size_t grown_capacity(std::size_t capacity, std::size_t length, const Type& type) {
  if (length <= capacity) {
    return capacity;
  }
  const Item item = item_of(type);
  return rounded_up(wanted(capacity, length) * item.bytes, item.pointers) / item.bytes;
}

std::size_t appended_capacity(std::size_t length, const Type& item) {
  std::size_t capacity = 0;
  while (capacity < length) {
    capacity = grown_capacity(capacity, capacity + 1, item);
  }
  return capacity;
}

}  // namespace celldrift::gotemplate
