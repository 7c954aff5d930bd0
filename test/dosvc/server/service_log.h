// SPDX-License-Identifier: MIT
//
// What the service did, for whoever reads of a test that failed: service.log, beside the folder of
// the jobs. Guardian and worker append lines to it, of what is rare: never of a call.
#pragma once

#include <string>

namespace dosvc_stand_in {

// Once in a process, before it logs. `store`: the folder of the jobs.
void OpenGuardiansLog(const std::wstring& store);
void OpenWorkersLog(const std::wstring& store);

// [any] A line, in std::printf's words, with the time and the process before it. It never throws
// and takes no memory, and it does nothing where there is no file: a process that breaks down can
// log.
void Log(const wchar_t* format, ...) noexcept;

}  // namespace dosvc_stand_in
