#pragma once
// What storage throws. A port of catalog/ or jobs/ has nothing to decide here: the transaction is
// rolled back and the reason goes up to whoever runs the command. `fault` says whether waiting can
// help. Threads: values.
#include <stdexcept>
#include <string>

namespace storage {

enum class Fault {
  constraint,  // the change breaks a rule of the schema: a bug in the caller
  read_only,   // a change inside Store::read, or a store opened for reading
  full,        // no room on the disk
  io,          // the file cannot be opened, read or written
  busy,        // another connection did not let go in time
  corrupt,     // the file fails its checks
  schema,      // the file is newer than this program, or not one of ours
  other,
};

class StorageError : public std::runtime_error {
 public:
  StorageError(Fault fault, const std::string& message)
      : std::runtime_error(message), fault_(fault) {}
  Fault fault() const { return fault_; }

 private:
  Fault fault_;
};

// Another process has the database open for writing.
class LockedError final : public StorageError {
 public:
  explicit LockedError(const std::string& message) : StorageError(Fault::busy, message) {}
};

}  // namespace storage
