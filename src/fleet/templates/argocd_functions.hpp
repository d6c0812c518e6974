// What templates of ApplicationSets may call.
#pragma once

#include "celldrift/gotemplate/function.hpp"

namespace celldrift::fleet {

// sprig without what reads the machine, and Argo CD's own: normalize, slugify, toYaml, fromYaml,
// fromYamlArray. Built once.
const gotemplate::FunctionTable& argocd_functions();

}  // namespace celldrift::fleet
