#include "audit/skew/same_image.hpp"

namespace celldrift::audit {
namespace {

// "app:1.2" of "registry/platform/app:1.2"; a digest has no "/" in it.
std::string_view last_part(std::string_view image) {
  return image.substr(image.rfind('/') + 1);
}

}  // namespace

bool is_same_image(std::string_view a, std::string_view b) {
  return a == b || last_part(a) == last_part(b);
}

}  // namespace celldrift::audit
