/* That a path may be NULL is hidden from the compiler, to which libc has promised that it is not. */
__attribute__((unused)) static void show_stat(int start, const char *volatile path) {
  struct stat file = {0};
  long result = fstatat(start, path, &file, 0);
  shown(result, "0 (st_mode=%s, st_nlink=%lu)", S_ISDIR(file.st_mode) ? "S_IFDIR" : "S_IFREG",
        (unsigned long)file.st_nlink);
}

/* As strace writes permissions: three digits or more, the first of them 0. */
__attribute__((unused)) static const char *mode_text(unsigned mode) {
  static char text[16];
  snprintf(text, sizeof(text), mode < 0100 ? "%03o" : "0%o", mode);
  return text;
}

__attribute__((unused)) static void show_mode(const char *volatile path) {
  struct stat file = {0};
  long result = stat(path, &file);
  shown(result, "0 (stx_mode=%s|%s, stx_uid=%u)", S_ISDIR(file.st_mode) ? "S_IFDIR" : "S_IFREG",
        mode_text(file.st_mode & 07777), (unsigned)file.st_uid);
}

__attribute__((unused)) static void file_access(int fd) {
  static const char *const names[] = {"0 (flags O_RDONLY)", "0x1 (flags O_WRONLY)", "0x2 (flags O_RDWR)", "?"};
  long flags = fcntl(fd, F_GETFL);
  shown(flags, "%s", names[flags & O_ACCMODE]);
}

__attribute__((unused)) static void descriptor_flags(int fd) {
  long flags = fcntl(fd, F_GETFD);
  shown(flags, "%s", (flags & FD_CLOEXEC) != 0 ? "0x1 (flags FD_CLOEXEC)" : "0");
}

__attribute__((unused)) static void change_umask(unsigned mask) {
  shown(0, "%s", mode_text(umask(mask)));
}

/* Root gives up its groups with its user. That clears what happens when the driver dies. */
__attribute__((unused)) static void become(unsigned user) {
  if (geteuid() == 0 && user != 0 && (setgroups(0, NULL) != 0 || setresgid(user, user, user) != 0)) {
    _exit(3);
  }
  plain(setresuid(user, user, user));
  prctl(PR_SET_PDEATHSIG, SIGKILL);
}
