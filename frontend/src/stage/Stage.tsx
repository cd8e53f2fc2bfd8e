/** The image, as large as fits, to zoom, pan and turn. */
import "./stage.css";

import { useEffect, useLayoutEffect, useRef, useState } from "react";

import { t } from "../i18n/translate";
import { Picture } from "../ui/Picture";
import { useStore } from "../ui/store";

import type { StageControl } from "./control";
import { listenToGestures } from "./gestures";
import { StageTools } from "./StageTools";
import { useSharpest } from "./useSharpest";
import { scaleOf, turnedSize } from "./view";

export interface StageImage {
  readonly id: number;
  readonly url: string;
  /** In full size, where the screen's rendition is smaller. */
  readonly original_url: string | null;
  readonly width: number;
  readonly height: number;
}

interface Props {
  readonly image: StageImage;
  /** What a screen reader says: the caption itself. */
  readonly alt: string;
  readonly control: StageControl;
}

export function Stage({ image, alt, control }: Props) {
  const frame = useRef<HTMLDivElement>(null);
  const [failed, setFailed] = useState<string | null>(null);
  const { view, stage, image: size } = useStore(control.state, (state) => state);
  const { id, width, height } = image;

  useLayoutEffect(() => control.show({ width, height }), [control, id, width, height]);

  useEffect(() => {
    const element = frame.current;
    if (element === null) return;
    const observer = new ResizeObserver(() =>
      control.resize({ width: element.clientWidth, height: element.clientHeight }),
    );
    observer.observe(element);
    const stopListening = listenToGestures(element, control);
    return () => {
      observer.disconnect();
      stopListening();
    };
  }, [control]);

  const scale = scaleOf(view, size, stage);
  const turned = turnedSize(size, view.turns);
  const source = useSharpest(image, scale);
  return (
    <div className="stage" ref={frame} data-zoomed={view.scale !== null}>
      {failed === image.url ? (
        <p className="note bad">{t("stage.failed")}</p>
      ) : (
        <div
          className="stage-picture"
          style={{
            width: size.width * scale,
            height: size.height * scale,
            transform: `translate(${view.x}px, ${view.y}px) rotate(${view.turns}deg)`,
            filter: view.brightness === 1 ? "none" : `brightness(${view.brightness})`,
          }}
        >
          <Picture
            src={source}
            alt={alt}
            decoding="sync"
            draggable={false}
            onGivenUp={() => setFailed(image.url)}
          />
        </div>
      )}
      <StageTools control={control} />
      <output className="stage-scale">
        {t("stage.scale", { scale: Math.round(scale * 100), width: turned.width, height: turned.height })}
      </output>
    </div>
  );
}
