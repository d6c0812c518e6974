// Names that differ from cell to cell, made equal.
#pragma once

#include "celldrift/audit/report.hpp"

namespace celldrift::audit {

// An object with the name of its Application, else that of its cell, replaced by "*" in
// its name and namespace: Deployment backend/cell-a-backend-web is backend/*-web.
ObjectRef shared_object(const ObjectRef& object,
                        std::string_view application,
                        std::string_view cell);
ObjectRef shared_object(const Finding& finding);

// Error(usage) for a cell that somebody named and that is not among those there are.
Error no_such_cell(const std::string& name, const std::vector<std::string>& cells);

// "Deployment backend/web", the namespace left out where there is none.
std::string describe(const ObjectRef& object);

}  // namespace celldrift::audit
