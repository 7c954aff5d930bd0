// SPDX-License-Identifier: MIT
//
// The jobs on disk, a file each. A file is replaced as a whole: a process that dies leaves the
// record before or the one after.
#pragma once

#include <string>
#include <vector>

#include "server/record.h"

namespace dosvc_stand_in {

class Store {
 public:
  // The folder is made where it is missing.
  explicit Store(std::wstring folder);

  std::vector<JobRecord> Load() const;
  // False where the disk refuses.
  bool Save(const JobRecord& job) const;
  void Remove(const GUID& id) const;

 private:
  std::wstring PathOf(const GUID& id) const;

  const std::wstring folder_;
};

}  // namespace dosvc_stand_in
