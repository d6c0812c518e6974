#include "celldrift/cli/run.hpp"

int main(int argc, char** argv) {
  return celldrift::cli::run(argc, argv);
}
