#pragma once
// The folder a sandbox lives in: credentials.json and state.json, written beside, forced to disk
// and renamed, readable by their owner only; one sandbox at a time holds the folder.
// Throws std::runtime_error naming the file. Threads: one.
#include <cpprest/json.h>

#include <filesystem>
#include <optional>
#include <string>

namespace sandbox {

class StateFolder {
 public:
  // Made when absent.
  explicit StateFolder(std::filesystem::path folder);
  ~StateFolder();
  StateFolder(const StateFolder&) = delete;
  StateFolder& operator=(const StateFolder&) = delete;

  const std::filesystem::path& path() const { return folder_; }
  // Nothing when there is no such file.
  std::optional<web::json::value> read(const std::string& file) const;
  void write(const std::string& file, const web::json::value& content) const;

 private:
  std::filesystem::path folder_;
  int lock_ = -1;
};

// Any JSON file.
web::json::value read_json_file(const std::filesystem::path& path);

}  // namespace sandbox
