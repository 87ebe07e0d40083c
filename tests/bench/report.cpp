// The report of pairs.h: a table for people, JSON for programs.
#include <cstdio>
#include <exception>
#include <set>

#include "tests/bench/pairs.h"

namespace bench {
namespace {

constexpr double kKibPerMib = 1024;

template <typename Take>
Spread over(const std::vector<Run>& runs, const Take& take) {
  std::vector<double> values;
  for (const auto& run : runs) values.push_back(take(run));
  return spread_of(std::move(values));
}

double speed(const Run& run) {
  return static_cast<double>(run.reading.items) / run.reading.seconds;
}
double seconds(const Run& run) {
  return run.reading.seconds;
}
double mebibytes(const Run& run) {
  return static_cast<double>(run.peak_kib) / kKibPerMib;
}

bool holds(const Outcome& outcome, double ratio) {
  return outcome.kind == Bound::speed_at_least ? ratio >= outcome.bound : ratio <= outcome.bound;
}

const char* ratio_name(const Outcome& outcome) {
  return outcome.kind == Bound::speed_at_least ? "speed, product / bare" : "time, product / bare";
}

std::set<std::string> note_names(const std::vector<Run>& runs) {
  std::set<std::string> out;
  for (const auto& run : runs) {
    for (const auto& [name, value] : run.reading.notes) out.insert(name);
  }
  return out;
}

Spread note(const std::vector<Run>& runs, const std::string& name) {
  return over(runs, [&](const Run& run) {
    const auto found = run.reading.notes.find(name);
    return found == run.reading.notes.end() ? 0.0 : found->second;
  });
}

void row(const std::string& who, const std::string& what, const Spread& of, int digits) {
  std::printf("  %-8s %-22s %14.*f  (%.*f to %.*f)\n", who.c_str(), what.c_str(), digits, of.median,
              digits, of.least, digits, of.most);
}

void print_side(const std::string& who, const std::string& items, const std::vector<Run>& runs) {
  constexpr int kFine = 3;
  row(who, "seconds", over(runs, seconds), kFine);
  row(who, items + "/s", over(runs, speed), 0);
  row(who, "peak memory, MiB", over(runs, mebibytes), 1);
  for (const auto& name : note_names(runs)) row(who, name, note(runs, name), kFine);
}

void print_table(const Outcome& outcome) {
  std::printf("%s: %zu pairs, median (range)\n", outcome.name.c_str(), outcome.product.size());
  for (const auto& [name, value] : outcome.settings) {
    std::printf("  %s = %s\n", name.c_str(), value.c_str());
  }
  print_side("product", outcome.items, outcome.product);
  print_side("bare", outcome.items, outcome.bare);
  const auto ratio = spread_of(ratios(outcome));
  row("ratio", ratio_name(outcome), ratio, 3);
  std::printf("  bound    %s %.2f: %s\n\n",
              outcome.kind == Bound::speed_at_least ? "at least" : "at most", outcome.bound,
              holds(outcome, ratio.median) ? "holds" : "MISSED");
}

std::string quoted(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + "\"";
}

std::string number(double value) {
  char text[64];
  std::snprintf(text, sizeof text, "%.6g", value);
  return text;
}

std::string spread_json(const Spread& of) {
  return "{\"median\":" + number(of.median) + ",\"least\":" + number(of.least) +
         ",\"most\":" + number(of.most) + "}";
}

std::string side_json(const std::vector<Run>& runs) {
  std::string out = "{\"seconds\":" + spread_json(over(runs, seconds)) +
                    ",\"per_second\":" + spread_json(over(runs, speed)) +
                    ",\"peak_mib\":" + spread_json(over(runs, mebibytes));
  for (const auto& name : note_names(runs)) {
    out += "," + quoted(name) + ":" + spread_json(note(runs, name));
  }
  return out + "}";
}

std::string to_json(const Outcome& outcome) {
  std::string settings;
  for (const auto& [name, value] : outcome.settings) {
    settings += (settings.empty() ? "" : ",") + quoted(name) + ":" + quoted(value);
  }
  const auto ratio = spread_of(ratios(outcome));
  return "{\"bench\":" + quoted(outcome.name) + ",\"items\":" + quoted(outcome.items) +
         ",\"pairs\":" + std::to_string(outcome.product.size()) + ",\"settings\":{" + settings +
         "},\"product\":" + side_json(outcome.product) + ",\"bare\":" + side_json(outcome.bare) +
         ",\"ratio\":" + spread_json(ratio) + ",\"ratio_of\":" + quoted(ratio_name(outcome)) +
         ",\"bound\":" + number(outcome.bound) +
         ",\"holds\":" + (holds(outcome, ratio.median) ? "true" : "false") + "}";
}

}  // namespace

void report(const Options& options, const std::vector<Outcome>& outcomes) {
  if (options.output == Output::table) {
    for (const auto& outcome : outcomes) print_table(outcome);
    return;
  }
  std::string all;
  for (const auto& outcome : outcomes) all += (all.empty() ? "" : ",\n") + to_json(outcome);
  std::printf("[%s]\n", all.c_str());
}

int run_main(const Options& options, const std::function<std::vector<Bench>()>& benches) {
  try {
    std::vector<Outcome> outcomes;
    for (const auto& bench : benches()) outcomes.push_back(measure(bench, options));
    report(options, outcomes);
    return 0;
  } catch (const std::exception& problem) {
    std::fprintf(stderr, "%s\n", problem.what());
    return 1;
  }
}

}  // namespace bench
