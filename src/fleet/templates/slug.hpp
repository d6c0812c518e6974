// Names for URLs and Kubernetes, as Argo CD 3.5 makes them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace celldrift::fleet {

enum class Truncate { smart, hard };  // smart: after a whole word
enum class Underscores { keep, to_dashes };

struct SlugOptions {
  std::int64_t max_length = 50;  // in bytes; smart: no limit when it is not above 0
  Truncate truncate = Truncate::smart;
  Underscores underscores = Underscores::keep;
};

// gosimple/slug 1.15's Make: lower-case ASCII letters, digits, "-" and "_". Throws Error(config)
// with Go's text for a hard cut at a negative length.
std::string slug(std::string_view text, const SlugOptions& options = {});

// The pull request generator's branch_slug.
std::string branch_slug(std::string_view branch);

}  // namespace celldrift::fleet
