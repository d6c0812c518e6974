// Truth and deep equality of run-time values, as text/template and reflect have them.
#include "celldrift/core/error.hpp"
#include "celldrift/core/value.hpp"
#include "celldrift/gotemplate/any.hpp"

#include <algorithm>

namespace celldrift::gotemplate {

bool is_true(const Any& value) {
  const Kind kind = value.kind();
  if (is_signed(kind)) {
    return value.as_int() != 0;
  }
  if (is_unsigned(kind)) {
    return value.as_unsigned() != 0;
  }
  switch (kind) {
    case Kind::boolean:
      return value.as_bool();
    case Kind::float32:
    case Kind::float64:
      return value.as_real() != 0;
    case Kind::complex128:
      return value.as_complex() != 0.0;
    case Kind::string:
      return !value.as_string().empty();
    case Kind::slice:
      return !value.items().empty();
    case Kind::map:
      return value.map_node() != nullptr && value.map_node()->size() > 0;
    case Kind::pointer:
    case Kind::function:
      return value.object() != nullptr;
    case Kind::structure:
      return true;
    default:
      return false;
  }
}

namespace {

bool is_same_object(const Any& a, const Any& b) {
  if (a.object() == b.object()) {
    return true;
  }
  const Type& type = *a.type();
  // Objects are opaque: equal when all that can be seen of them is.
  return a.object() != nullptr && b.object() != nullptr && type.json != nullptr &&
         type.json(a) == type.json(b) && (type.text == nullptr || type.text(a) == type.text(b));
}

class Comparison {
 public:
  bool equal(const Any& a, const Any& b, int depth) {
    // Lists that hold a list twice, and it another twice, … are small, but long to go through.
    if (depth > 200 || ++visited_ > 10'000'000) {
      throw Error(ErrorCode::limit, "values are too large, or nested too deeply, to be compared");
    }
    if (a.type() != b.type()) {
      return false;
    }
    switch (a.kind()) {
      case Kind::slice:
        return equal_slices(a, b, depth);
      case Kind::map:
        return equal_maps(a, b, depth);
      default:
        return equal_scalars(a, b);
    }
  }

 private:
  bool equal_slices(const Any& a, const Any& b, int depth) {
    if ((a.slice_node() == nullptr) != (b.slice_node() == nullptr)) {
      return false;  // a nil slice and an empty one differ
    }
    return a.slice_node() == b.slice_node() ||
           std::ranges::equal(a.items(), b.items(), [&](const Any& x, const Any& y) {
             return equal(x, y, depth + 1);
           });
  }

  bool equal_maps(const Any& a, const Any& b, int depth) {
    if (a.map_node() == b.map_node()) {
      return true;
    }
    if (a.map_node() == nullptr || b.map_node() == nullptr) {
      return false;
    }
    return std::ranges::equal(a.map_node()->entries(),
                              b.map_node()->entries(),
                              [&](const Map::Entry& x, const Map::Entry& y) {
                                return x.key == y.key && equal(x.value, y.value, depth + 1);
                              });
  }

  static bool equal_scalars(const Any& a, const Any& b) {
    const Kind kind = a.kind();
    if (is_signed(kind)) {
      return a.as_int() == b.as_int();
    }
    if (is_unsigned(kind)) {
      return a.as_unsigned() == b.as_unsigned();
    }
    switch (kind) {
      case Kind::boolean:
        return a.as_bool() == b.as_bool();
      case Kind::float32:
      case Kind::float64:
        return a.as_real() == b.as_real();
      case Kind::complex128:
        return a.as_complex() == b.as_complex();
      case Kind::string:
        return a.as_string() == b.as_string();
      case Kind::pointer:
      case Kind::structure:
        return is_same_object(a, b);
      case Kind::function:
        return a.object() == nullptr && b.object() == nullptr;
      default:
        return true;  // two untyped nils
    }
  }

  std::size_t visited_ = 0;
};

}  // namespace

bool deep_equal(const Any& a, const Any& b) {
  // A copy: each may be one of a map that is looked through for it, and moves its entries.
  return Comparison().equal(Any(a), Any(b), 0);
}

}  // namespace celldrift::gotemplate
