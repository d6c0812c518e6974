// How fast texts become Values: bench_load LIST.json MANIFESTS.yaml. Prints MB/s, the median of
// several runs; for JSON beside nlohmann's own tree and a bare parse, which are the peers.

#include "celldrift/core/error.hpp"
#include "celldrift/core/text.hpp"
#include "celldrift/yaml/yaml.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <vector>

namespace {

template <typename Work>
double median_speed(std::string_view text, Work work) {
  std::vector<double> speeds;
  for (int run = 0; run < 11; ++run) {
    const auto start = std::chrono::steady_clock::now();
    work(text);
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
    speeds.push_back(double(text.size()) / 1e6 / seconds.count());
  }
  std::ranges::nth_element(speeds, speeds.begin() + 5);
  return speeds[5];
}

void report(const char* what, double speed) {
  std::printf("%-32s %8.0f MB/s\n", what, speed);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    std::fprintf(stderr, "usage: bench_load LIST.json MANIFESTS.yaml\n");
    return 2;
  }
  const std::string json = celldrift::read_file(argv[1]);
  const std::string yaml = celldrift::read_file(argv[2]);
  std::size_t kept = 0;  // so that no work is optimised away
  report("JSON to Value", median_speed(json, [&](std::string_view text) {
           kept += celldrift::yaml::parse_json(text).value.size();
         }));
  report("JSON to nlohmann::json", median_speed(json, [&](std::string_view text) {
           kept += nlohmann::json::parse(text).size();
         }));
  report("JSON checked only (nlohmann)",
         median_speed(json, [&](std::string_view text) { kept += nlohmann::json::accept(text); }));
  report("YAML to Value", median_speed(yaml, [&](std::string_view text) {
           kept += celldrift::yaml::parse_stream(text).documents.size();
         }));
  return kept == 0;
}
