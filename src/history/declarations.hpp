// Applications as they were declared at an old commit.
#pragma once

#include "celldrift/history/application_history.hpp"

namespace celldrift::history {

// Those of one cell that the ApplicationSet `set` ("": the Applications themselves) in a file made,
// as that commit has it. Empty where the file is not there or says nothing that can be read.
std::vector<fleet::Application> declared_in_past(const Subject& subject,
                                                 const std::string& commit,
                                                 const std::string& file,
                                                 const fleet::GeneratorInputs& inputs);

}  // namespace celldrift::history
