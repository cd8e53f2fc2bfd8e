/** The frame of a screen: top bar with the way back, then the content. */
import { type ReactNode, useEffect } from "react";
import { Link } from "wouter";

import { SessionMenu } from "./SessionMenu";

interface Props {
  readonly title: string;
  /** What stands between the brand and the title in the trail. */
  readonly parents?: readonly { readonly href: string; readonly text: string }[];
  readonly tools?: ReactNode;
  /** Content that fills the window instead of a centred column. */
  readonly full?: boolean;
  readonly narrow?: boolean;
  readonly children: ReactNode;
}

export function Page({ title, parents = [], tools, full = false, narrow = false, children }: Props) {
  useEffect(() => {
    document.title = title === "" ? "Altogether" : `${title} · Altogether`;
  }, [title]);
  return (
    <>
      <TopBar title={title} parents={parents} tools={tools} />
      {full ? children : <main className={narrow ? "page narrow" : "page"}>{children}</main>}
    </>
  );
}

function TopBar({ title, parents, tools }: Pick<Props, "title" | "parents" | "tools">) {
  return (
    <header className="top-bar">
      <Link href="/" className="brand">
        {/* eslint-disable-next-line no-restricted-syntax -- not made at the first need */}
        <img src={`${import.meta.env.BASE_URL}favicon.svg`} alt="" width="20" height="20" />
        Altogether
      </Link>
      <nav className="trail">
        {parents?.map(({ href, text }) => (
          <Link href={href} key={href}>
            {text}
          </Link>
        ))}
        <h1 className={title === "" ? "visually-hidden" : ""}>{title === "" ? "Altogether" : title}</h1>
      </nav>
      {tools}
      <SessionMenu />
    </header>
  );
}
