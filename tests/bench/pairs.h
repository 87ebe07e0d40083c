#pragma once
// Product and bare baseline, taking turns in one program: product, bare, bare, product, … on the
// same input, each run in a child process of its own, so that its peak memory (ru_maxrss of that
// child, from wait4) is nobody else's and the page cache of SQLite starts empty. The parent starts
// no thread and holds no data. Which side goes first changes with every pair, so that a machine
// that slows down or warms up is fair to both.
//
//   return run_main(options, [&] { return std::vector{import_bench(options)}; });
//
// A run works in a folder of its own: a copy, synced to disk before the clock starts, of what
// `prepare` made (or, for readers, that folder itself). After it `verify` opens what it left in
// another child and throws when it is not what it should be; then the program ends with 1.
// Ratios are taken pair by pair; median and range are printed. Nothing here judges a bound by exit
// code: a ratio is for people.
// Errors: std::runtime_error from measure. Threads: one.
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace bench {

enum class Output { table, json };

struct Options {
  std::int64_t rows = 0;
  int pairs = 5;
  std::uint64_t seed = 1;
  Output output = Output::table;
  std::filesystem::path folder;  // for scratch files; on the disk that is to be measured
};
// --rows N --pairs N --seed N --dir FOLDER --json. Prints how and exits 2 on anything else.
Options read_options(int argc, char** argv, std::int64_t rows_default);

// What one run says of itself. `notes`: more numbers, named with their unit ("p99_ms").
struct Reading {
  std::int64_t items = 0;
  double seconds = 0;
  std::map<std::string, double> notes;
};

struct Side {
  std::function<Reading(const std::filesystem::path& folder)> run;
  std::function<void(const std::filesystem::path& folder)> verify;
};

enum class Files { copied_per_run, shared };
// speed: product's items per second over bare's. time: product's seconds over bare's.
enum class Bound { speed_at_least, time_at_most };

struct Bench {
  std::string name;
  std::string items;  // what is counted: "variants"
  Bound kind = Bound::speed_at_least;
  double bound = 0;
  Files files = Files::copied_per_run;
  std::function<void(const std::filesystem::path& folder)> prepare;
  // Printed as they are: pragmas, sizes, assumptions. Read after `prepare`.
  std::function<std::map<std::string, std::string>(const std::filesystem::path& folder)> settings;
  Side product;
  Side bare;
};

struct Run {
  Reading reading;
  std::int64_t peak_kib = 0;
};

struct Outcome {
  std::string name;
  std::string items;
  Bound kind = Bound::speed_at_least;
  double bound = 0;
  std::map<std::string, std::string> settings;
  std::vector<Run> product;
  std::vector<Run> bare;  // bare[i] is the pair of product[i]
};

Outcome measure(const Bench& bench, const Options& options);
void report(const Options& options, const std::vector<Outcome>& outcomes);
// Measures and reports each. Returns the exit code of main: 1 when a run or its verification
// failed.
int run_main(const Options& options, const std::function<std::vector<Bench>()>& benches);

struct Spread {
  double median = 0;
  double least = 0;
  double most = 0;
};
// `values` is not empty.
Spread spread_of(std::vector<double> values);
std::vector<double> ratios(const Outcome& outcome);

// Seconds since it was made, by the monotonic clock; and of them those that this process computed,
// all threads together: less noisy than the first on a busy machine.
class Stopwatch {
 public:
  Stopwatch();
  double seconds() const;
  double cpu_seconds() const;

 private:
  std::int64_t started_ns_;
  std::int64_t started_cpu_ns_;
};

// CLOCK_MONOTONIC: comparable between the processes of one machine.
std::int64_t monotonic_ns();

// 0 … n-1 in an order that depends on the seed alone.
std::vector<std::int64_t> shuffled(std::int64_t n, std::uint64_t seed);

}  // namespace bench
