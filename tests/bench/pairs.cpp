#include "tests/bench/pairs.h"

#include <fcntl.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <numeric>
#include <random>
#include <stdexcept>
#include <string_view>

#include "tests/bench/child.h"

namespace bench {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kRowsMax = 10'000'000;
constexpr std::int64_t kPairsMax = 1'000;
constexpr int kExitUsage = 2;
constexpr double kNanosPerSecond = 1e9;

std::int64_t cpu_ns() {
  timespec now{};
  ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return std::int64_t{now.tv_sec} * 1'000'000'000 + now.tv_nsec;
}

[[noreturn]] void refuse(const char* program) {
  std::fprintf(stderr, "usage: %s [--rows N] [--pairs N] [--seed N] [--dir FOLDER] [--json]\n",
               program);
  std::exit(kExitUsage);
}

std::int64_t number(const char* program, std::string_view text, std::int64_t most) {
  std::int64_t value = 0;
  const auto [stop, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (failure != std::errc{} || stop != text.data() + text.size() || value < 1 || value > most) {
    refuse(program);
  }
  return value;
}

// Gone with everything in it when the measurement is over.
class Scratch {
 public:
  explicit Scratch(const fs::path& parent, const std::string& name)
      : path_(fs::absolute(parent) / (name + "-" + std::to_string(::getpid()))) {
    fs::create_directories(path_);
  }
  ~Scratch() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  fs::path operator/(const std::string& name) const { return path_ / name; }

 private:
  fs::path path_;
};

// On disk before the clock starts: its writing back must not be charged to the run.
void sync_file(const fs::path& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) throw std::runtime_error("cannot open " + path.string());
  const bool synced = ::fsync(descriptor) == 0;
  ::close(descriptor);
  if (!synced) throw std::runtime_error("cannot sync " + path.string());
}

void copy_synced(const fs::path& from, const fs::path& to) {
  fs::remove_all(to);
  fs::create_directories(to);
  for (const auto& entry : fs::directory_iterator(from)) {
    const auto copy = to / entry.path().filename();
    fs::copy_file(entry.path(), copy);
    sync_file(copy);
  }
}

Run run_side(const Bench& bench, const std::string& who, const Side& side, const fs::path& made,
             const fs::path& copy) {
  const auto& folder = bench.files == Files::shared ? made : copy;
  if (bench.files == Files::copied_per_run) copy_synced(made, copy);
  const auto what = bench.name + " (" + who + ")";
  const auto told = in_child(what, [&] { return to_text(side.run(folder)); });
  in_child(what + " verification", [&] {
    side.verify(folder);
    return std::string();
  });
  return {reading_from(told.text), told.peak_kib};
}

std::map<std::string, std::string> settings_of(const Bench& bench, const fs::path& made) {
  std::map<std::string, std::string> out;
  if (!bench.settings) return out;
  const auto told = in_child(bench.name + " settings", [&] {
    std::string text;
    for (const auto& [name, value] : bench.settings(made)) text += name + "\t" + value + "\n";
    return text;
  });
  std::string_view rest = told.text;
  while (!rest.empty()) {
    const auto line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(line.size() + 1, rest.size()));
    const auto tab = line.find('\t');
    if (tab != std::string_view::npos) out[std::string(line.substr(0, tab))] = line.substr(tab + 1);
  }
  return out;
}

}  // namespace

Options read_options(int argc, char** argv, std::int64_t rows_default) {
  Options out;
  out.rows = rows_default;
  out.folder = ".";
  for (int i = 1; i < argc; ++i) {
    const std::string_view name = argv[i];
    if (name == "--json") {
      out.output = Output::json;
      continue;
    }
    if (i + 1 == argc) refuse(argv[0]);
    const std::string_view value = argv[++i];
    if (name == "--rows") {
      out.rows = number(argv[0], value, kRowsMax);
    } else if (name == "--pairs") {
      out.pairs = static_cast<int>(number(argv[0], value, kPairsMax));
    } else if (name == "--seed") {
      out.seed = static_cast<std::uint64_t>(number(argv[0], value, INT64_MAX));
    } else if (name == "--dir") {
      out.folder = value;
    } else {
      refuse(argv[0]);
    }
  }
  return out;
}

Outcome measure(const Bench& bench, const Options& options) {
  const Scratch scratch(options.folder, "bench");
  const auto made = scratch / "made";
  const auto copy = scratch / "run";
  fs::create_directories(made);
  in_child(bench.name + " preparation", [&] {
    bench.prepare(made);
    return std::string();
  });
  for (const auto& entry : fs::directory_iterator(made)) sync_file(entry.path());

  Outcome out{bench.name, bench.items, bench.kind, bench.bound, settings_of(bench, made), {}, {}};
  for (int pair = 0; pair < options.pairs; ++pair) {
    const bool product_first = pair % 2 == 0;
    for (const bool product : {product_first, !product_first}) {
      auto run = run_side(bench, product ? "product" : "bare", product ? bench.product : bench.bare,
                          made, copy);
      std::fprintf(stderr, "%s pair %d %s: %.3f s\n", bench.name.c_str(), pair + 1,
                   product ? "product" : "bare", run.reading.seconds);
      (product ? out.product : out.bare).push_back(std::move(run));
    }
  }
  return out;
}

Spread spread_of(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  const auto middle = values.size() / 2;
  const bool odd = values.size() % 2 == 1;
  return {odd ? values[middle] : (values[middle - 1] + values[middle]) / 2, values.front(),
          values.back()};
}

std::vector<double> ratios(const Outcome& outcome) {
  std::vector<double> out;
  for (std::size_t i = 0; i < outcome.product.size(); ++i) {
    const auto& product = outcome.product[i].reading;
    const auto& bare = outcome.bare[i].reading;
    const auto per_item = [](const Reading& r) {
      return r.seconds / static_cast<double>(std::max<std::int64_t>(r.items, 1));
    };
    const bool time = outcome.kind == Bound::time_at_most;
    out.push_back(time ? per_item(product) / per_item(bare) : per_item(bare) / per_item(product));
  }
  return out;
}

Stopwatch::Stopwatch() : started_ns_(monotonic_ns()), started_cpu_ns_(cpu_ns()) {}

double Stopwatch::seconds() const {
  return static_cast<double>(monotonic_ns() - started_ns_) / kNanosPerSecond;
}

double Stopwatch::cpu_seconds() const {
  return static_cast<double>(cpu_ns() - started_cpu_ns_) / kNanosPerSecond;
}

std::int64_t monotonic_ns() {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(
             std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

std::vector<std::int64_t> shuffled(std::int64_t n, std::uint64_t seed) {
  std::vector<std::int64_t> out(static_cast<std::size_t>(n));
  std::iota(out.begin(), out.end(), 0);
  std::mt19937_64 random(seed);
  for (std::size_t i = out.size(); i > 1; --i) std::swap(out[i - 1], out[random() % i]);
  return out;
}

}  // namespace bench
