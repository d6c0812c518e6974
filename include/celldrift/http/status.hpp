// What a status that is no success means to celldrift.
#pragma once

#include "celldrift/core/error.hpp"

#include <string>
#include <string_view>

namespace celldrift::http {

// Whether the answer lies elsewhere, where its Location says.
bool is_redirect(int status);

// The Error of a response with `status` to `asked` ("GET https://host/path"). `said` is what the
// server gave as its reason, printable and without secrets; "" for nothing. auth (401), forbidden
// (403), not_found (404, 410), server for all others.
Error error_of_status(int status, const std::string& asked, std::string_view said);

}  // namespace celldrift::http
