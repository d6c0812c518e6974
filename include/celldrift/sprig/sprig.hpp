// The sprig 3.3 function library for templates.
#pragma once

#include "celldrift/gotemplate/function.hpp"

namespace celldrift::sprig {

// All generic functions of sprig 3.3 (FuncMap), but env, expandenv and getHostByName: rendering
// reads nothing of the machine. Argo CD takes those three out itself, Helm the first two.
const gotemplate::FunctionTable& functions();

// encoding/json's Marshal of a run-time value: sorted keys, "<", ">" and "&" escaped where asked.
enum class EscapeHtml { yes, no };
std::string to_json(const gotemplate::Any& value, EscapeHtml escape = EscapeHtml::yes);

}  // namespace celldrift::sprig
