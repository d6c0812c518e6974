// Tables of templates with sprig's functions.
#pragma once

#include "celldrift/sprig/sprig.hpp"
#include "support/templates.hpp"

namespace celldrift::sprig_test {

inline void check(const std::vector<test::TemplateCase>& cases) {
  test::check_templates(sprig::functions(), cases);
}

}  // namespace celldrift::sprig_test
