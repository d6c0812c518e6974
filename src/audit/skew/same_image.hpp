// Images by name.
#pragma once

#include <string_view>

namespace celldrift::audit {

// True for images that are the same but for where they come from: webhooks put mirrors before the
// names of pods' images ("mirror.example.com/platform/app:1.2" for "registry/app:1.2").
bool is_same_image(std::string_view a, std::string_view b);

}  // namespace celldrift::audit
